"""The YAML that users copy, as cases: README.md's examples and pipelines/.

Each resource of Upkeep's type is handed to check, with Concourse's ((vars)) filled and what it
names (servers, files) swapped for what is here: check must read the source, and answer.
"""

import re

from . import concourse_documents, concourse_yaml
from .case_file import REPOSITORY, Case
from .patterns import Pattern

STEMCELL = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent"
DEPLOYMENTS = [{"name": "cf", "stemcells": [{"name": STEMCELL, "version": "1.1364"}],
                "teams": [], "locked": False}]
PUBLISHED = [{"name": STEMCELL, "version": "1.1364", "light": {"url": "x", "size": 1},
              "regular": {"url": "x", "size": 1}}]
SERVERS = {"any": {"replies": [
    {"path": "/api/v1/stemcells/*", "json": PUBLISHED},
    {"path": "/*", "json": DEPLOYMENTS},
]}}
FILES = {"deployments.json": {"json": DEPLOYMENTS}, "published.json": {"json": PUBLISHED}}
CLIENT = {"client": "upkeep", "client_secret": "canary-of-the-client"}
# What fly takes from the shell for the params of a task that are empty.
SHELL = {"BOSH_ENVIRONMENT": "((director.url))", "BOSH_CLIENT": CLIENT["client"],
         "BOSH_CLIENT_SECRET": CLIENT["client_secret"], "BOSH_CA_CERT": "((ca))",
         "NO_PROXY": "127.0.0.1"}
# What a variable is worth by its name; every other one is a text.
VARIABLES = (("ca", "((ca))"), ("url", "((any.url))"), ("days", "7"), ("number", "7"),
             ("team", "main"), ("limit", "3"), ("job", "main/x/deploy-{deployment}"),
             ("jobs", "main/*/deploy-*"), ("freeze", "main/ops/deploys"), ("action", "freeze"))


def cases():
    found = []
    for document, line, text in _documents():
        try:
            value = concourse_yaml.read(text)
        except Exception as error:
            raise SystemExit(f"run_cases: {document}:{line}: not YAML: {error}") from error
        for label, source in _sources(value):
            found.append(_case(f"{document}:{line}: {label}", source))
        _require_whole_plans(f"{document}:{line}", value)
        found += [_task(f"{document}:{line}: {name}", task) for name, task in _tasks(value)]
    return found


def _documents():
    """(file, line, YAML) of everything that a user may copy."""
    readme = REPOSITORY / "README.md"
    if readme.exists():
        text = readme.read_text()
        for match in re.finditer(r"^```ya?ml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            line = text.count("\n", 0, match.start()) + 2
            yield "README.md", line, match[1]
    pipelines = sorted((REPOSITORY / "pipelines").rglob("*.yml"))
    for path in [*pipelines, REPOSITORY / "ci/pipeline.yml"]:
        name, text = str(path.relative_to(REPOSITORY)), path.read_text()
        _require_all_said(name, text)
        yield name, 1, text


def _require_all_said(name, text):
    """Each ((variable)) stands in the comment at the top."""
    top = re.match(r"(#.*\n)*", text)[0]
    said = set(re.findall(r"-v ([a-z-]+)=", top))
    for names in re.findall(r"^#   ((?:[A-Za-z-]+, )*[A-Za-z-]+)(?:  |$)", top, re.MULTILINE):
        said.update(names.split(", "))
    for variable in re.findall(r"\(\(([^()]+)\)\)", text):
        general = re.sub("^(tooling|development|staging|production)-", "ENV-", variable)
        if general not in said:
            raise SystemExit(f"run_cases: {name}: its top does not say what (({variable})) is")


def _require_whole_plans(name, value):
    """What a step reads its plan has got before; what undoes a deploy does so whatever ended it."""
    for job in (value.get("jobs") or []) if isinstance(value, dict) else []:
        got = set()
        for step in _steps(job["plan"]):
            config, renamed = step.get("config") or {}, step.get("input_mapping") or {}
            read = {entry["name"] for entry in config.get("inputs") or []}
            read = {renamed.get(entry, entry) for entry in read}
            read.update(step["file"].split("/")[:1] if "file" in step else [])
            if read - got:
                raise SystemExit(f"run_cases: {name}: {job['name']} reads {read - got}, not got")
            if step.get("on_abort") != step.get("on_error"):
                raise SystemExit(f"run_cases: {name}: {job['name']}: on_abort is not on_error: "
                                 "a lost worker leaves what an abort leaves")
            got.update(entry["name"] for entry in config.get("outputs") or [])
            got.update([step["get"]] if "get" in step else [])


def _steps(plan):
    """Those of a plan, with those within them and their hooks."""
    for step in plan:
        yield step
        parallel = step.get("in_parallel") or []
        yield from _steps(parallel if isinstance(parallel, list) else parallel["steps"])
        yield from _steps(step.get("do") or [])
        yield from _steps(step[key] for key in ("try", "on_success", "on_failure", "on_abort",
                                                "on_error", "ensure") if key in step)


def _types(value):
    """The names under which a pipeline knows Upkeep's image."""
    types = {"upkeep"}
    for entry in value.get("resource_types") or []:
        if "upkeep" in str((entry.get("source") or {}).get("repository", "")):
            types.add(entry["name"])
    return types


def _sources(value):
    """(label, source) of each resource of Upkeep's, or of a source that stands alone."""
    entries = value if isinstance(value, list) else []
    if isinstance(value, dict):
        types = _types(value)
        entries = [entry for entry in value.get("resources") or [] if entry.get("type") in types]
        alone = value.get("source")
        if isinstance(alone, dict) and value.get("type", "upkeep") in types:
            entries = [value]
        elif "kind" in value:
            entries = [{"name": "source", "source": value}]
    for index, entry in enumerate(entries):
        if isinstance(entry, dict) and "kind" in (entry.get("source") or {}):
            yield entry.get("name", f"source {index}"), entry["source"]


def _tasks(value):
    """(name, config) of each task that runs upkeep, whether it is a file or stands in a job."""
    if isinstance(value, dict):
        path = (value.get("run") or {}).get("path", "") if "platform" in value else ""
        if str(path).endswith("upkeep"):
            yield "task", value
        for key, item in value.items():
            for name, task in _tasks(item):
                yield (f"{key}: {name}" if name != "task" else str(key)), task
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ((f"{index}: {name}", task) for name, task in _tasks(item))


def _filled(text):
    """Concourse's variables by the values that their names promise."""
    def value_of(match):
        words = re.split(r"[-_./:]", match[1].lower())
        for word, value in VARIABLES:
            if word in words:
                return value
        return "value-of-" + re.sub(r"[^A-Za-z0-9]", "-", match[1])
    return re.sub(r"\(\(([^()]+)\)\)", value_of, text)


def _swapped(value, key=""):
    if isinstance(value, dict):
        return {name: _swapped(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_swapped(item, key) for item in value]
    if not isinstance(value, str):
        return value
    value = _filled(value)
    if key == "deployments_file":
        return "((folder))/deployments.json"
    if key == "published" and "://" not in value:
        return "((folder))/published.json"
    if key in ("url", "deployments_url", "published") or key.endswith("_url"):
        return re.sub(r"^https?://[^/]+|^value-of-.*|^\(\(any\.url\)\)", "((any.url))", value)
    if key == "ca_cert":
        return "((ca))"
    return value


def _case(name, source):
    source = _swapped(source)
    if source.get("kind") == "throttle":
        return Case(name, concourse_documents.throttle_case(source), name)
    if source.get("kind") == "stemcell":
        source.setdefault("published", "((any.url))")
    servers = dict(SERVERS)
    if "director" in source:
        source["director"]["url"] = "((director.url))"
        servers.update(_director(source["director"]))
    expect = {"exit": 0, "answer": Pattern("any", None), "files": {}}
    step = {"run": "check", "source": source, "expect": expect}
    return Case(name, {"servers": servers, "files": FILES, "steps": [step]}, name)


def _director(client):
    """A director and its UAA, which know this client."""
    deployments = [{key: deployment[key] for key in ("name", "stemcells")}
                   for deployment in DEPLOYMENTS]
    known = {client["client"]: {"secret": client["client_secret"], "scopes": ["bosh.read"]}}
    return {"director": {"tls": True, "director": {"uaa": "uaa", "deployments": deployments}},
            "uaa": {"tls": True, "uaa": {"clients": known}}}


def _task(name, task):
    """Run as a worker does: inputs and outputs are folders, the way out is bosh.io's stand-in."""
    files = {}
    for entry in task.get("inputs") or []:
        files[entry["name"] + "/deployments.json"] = FILES["deployments.json"]
    outputs = [entry["name"] for entry in task.get("outputs") or []]
    files.update({output + "/.keep": "" for output in outputs})
    params = {key: text if text is None else _filled(str(text))
              for key, text in (task.get("params") or {}).items()}
    args = [_filled(str(arg)) for arg in task["run"].get("args") or []]
    if concourse_documents.asks_concourse(args):
        inputs = [entry["name"] for entry in task.get("inputs") or []]
        return Case(name, concourse_documents.task_case(args, params, inputs), name)
    environment = {key: text for key, text in params.items() if text is not None}
    environment.update(SHELL)
    environment.update(HTTPS_PROXY="((way_out.url))", SSL_CERT_FILE="((ca_file))")
    expect = {"exit": 0, "stdout": Pattern("any", None), "stderr": "",
              "files": {output + "/*": Pattern("any", None) for output in outputs}}
    servers = {"way_out": {"connect_to": "bosh_io"},
               "bosh_io": {"tls": True, "certificate": {"hosts": ["bosh.io"]},
                           "replies": SERVERS["any"]["replies"]}}
    servers.update(_director(CLIENT))
    body = {"servers": servers, "files": files, "environment": environment,
            "steps": [{"run": args, "expect": expect}]}
    return Case(name, body, name)
