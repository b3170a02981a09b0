"""A small case of each program, run in peace or with something that fails, and judged."""

import json
import os
import pathlib
import re
import tempfile

from runner.process import Run
from torture import syscalls

SECONDS = 20
LINE = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent"
DEPLOYMENTS = [
    {"name": name, "stemcells": [{"name": LINE, "version": version}], "teams": [], "locked": False}
    for name, version in (("cf", "1.404"), ("concourse", "1.1364"))]
PUBLISHED = [{"name": LINE, "version": version, "light": {"size": 1}, "regular": {"size": 1}}
             for version in ("1.1364", "1.1338", "1.404")]
OPEN = {"open": "0123456789abcdef", "count": "1", "summary": "cf", "change": "2026-01-01.1"}
SOURCE = {"kind": "stemcell", "environment": "staging",
          "deployments_file": "{files}/deployments.json", "published": "{files}/published.json",
          "jobs": [{"match": "*", "job": "main/deploy/cf"}]}
MUST_LOOK = {"source": SOURCE, "version": OPEN, "params": {"look": "must"}}
FETCHED = {"kind": "stemcell", "deployments_url": "{url}/deployments", "published": "{url}",
           "ca_cert": "{ca}"}
SERVERS = {"server": {"tls": True, "replies": [
    {"path": "/deployments", "json": DEPLOYMENTS}, {"path": "/api/*", "json": PUBLISHED}]},
           "ci": {"tls": True, "concourse": {
               "users": {"upkeep": {"password": "hunter22",
                                    "roles": {"main": ["pipeline-operator"]}}},
               "pipelines": [{"name": "cf", "jobs": ["deploy-cf"]},
                             {"name": "uaa", "jobs": ["upgrade"]}],
               "builds": [{"id": 9, "job": "main/cf/deploy-cf", "start_time": "5d ago"}]}}}
# What a person has: YAML, a pasted table, a checkout of the index.
SOURCE_FILE = """\
kind: stemcell
deployments_file: &table "{files}/table.txt"
published: "{files}/index"
variant: regular
ignore:
- {match: legacy-*, reason: retired}
"""
TABLE = "cf\tcapi/1\tbosh-openstack-kvm-ubuntu-noble/1.460\t-\n\tbpm/2\t\t\n"
METALINK = """\
<metalink xmlns="urn:ietf:params:xml:ns:metalink">
  <file name="bosh-stemcell-{version}-openstack-kvm-ubuntu-noble.tgz">
    <url>https://example.com/bosh-stemcell-{version}-openstack-kvm-ubuntu-noble.tgz</url>
    <version>{version}</version>
  </file>
  <published>2026-06-22T10:00:00Z</published>
</metalink>
"""
THROTTLE = {"limit": "1", "jobs": ["main/*/deploy-*"],
            "concourse": {"url": "{ci}", "username": "upkeep", "password": "hunter22",
                          "ca_cert": "{ca}"}}
PUT = {"source": {"kind": "throttle", "settle": "2s", "longest_wait": "1s", **THROTTLE}}
ROLLOUT = ["rollout", "--jobs", "main/uaa/upgrade", "--throttle", "-"]
RUN = ["throttle", "run", "--limit", "1", "--longest-wait", "1s", "--name"]
COMMAND = ["stemcells", "--deployments", "{files}/deployments.json", "--published",
           "{files}/published.json", "--output", "{output}"]

# name: (program, its arguments, what it is handed on stdin, its exit codes: answer and failures)
SUBJECTS = {
    "check": ("check", [], {"source": SOURCE}, 0, 1),
    "in": ("in", ["{output}"], MUST_LOOK, 0, 1),
    "stemcells": ("upkeep", COMMAND, None, 1, 2),
    "fetch": ("check", [], {"source": FETCHED}, 0, 1),
    "pasted": ("upkeep", ["stemcells", "--source", "{files}/source.yml"], None, 1, 2),
    "status": ("upkeep", ["throttle", "status", "--throttle", "-"], THROTTLE, 0, 2),
    "dry run": ("upkeep", [*ROLLOUT, "--dry-run"], THROTTLE, 0, 2),
    # What runs in a place may fail, too; where it is another's, nothing may make it run.
    "run": ("upkeep", [*RUN, "free", "--folder", "{scratch}", "--", "{command}", "version"],
            None, 0, (2, 125, 126)),
    "full": ("upkeep", [*RUN, "full", "--folder", "{line}", "--", "{command}", "version"],
             None, 125, (125, 126)),
    "out": ("out", ["{files}"], PUT, 0, (1,)),
    "rollout": ("upkeep", ROLLOUT, {**THROTTLE, "jobs": ["main/uaa/*"]}, 0, (1, 2)),
}
LINES = ("run", "full")  # of `throttle run`
WAITING = ("full", "out", "rollout")  # for seconds: of those only a sample is tried


def _filled(value, words):
    if isinstance(value, dict):
        return {key: _filled(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, words) for item in value]
    for name, text in words.items():
        value = value.replace("{" + name + "}", text)
    return value


def _without_times(data):
    """Moments as they are written differ from run to run; nothing else may."""
    text = data.decode("utf-8", "backslashreplace")
    return re.sub(r"\d{4}-\d\d-\d\d|\d\d:\d\d(?::\d\d)?", "WHEN", text)


class Subject:
    def __init__(self, name, shape, program, words, holder):
        self.name = name
        argv0, self._arguments, self._request, self.answers, fails = shape
        self.fails = fails if isinstance(fails, tuple) else (fails,)
        top = pathlib.Path(holder) / name
        self._folder = str(top)
        files = top / "files"
        files.mkdir(parents=True)
        self._command = str(top / argv0)
        os.symlink(pathlib.Path(program).resolve(), self._command)
        (files / "deployments.json").write_text(json.dumps(DEPLOYMENTS))
        (files / "published.json").write_text(json.dumps(PUBLISHED))
        self._words = {"files": str(files), "command": self._command, **words}
        (files / "source.yml").write_text(_filled(SOURCE_FILE, self._words))
        (files / "table.txt").write_text(TABLE)
        for version in ("1.460", "1.484"):
            line = files / "index" / "published" / "ubuntu-noble" / version
            line.mkdir(parents=True)
            (line / "stemcells.meta4").write_text(_filled(METALINK, {"version": version}))
        self.stdout, self.files = "", {}
        self.allocations, self.trace = 0, []

    def measure(self):
        """Runs it in peace: what it answers, how often it allocates, what it asks of the system."""
        counted = os.path.join(self._folder, "allocations")
        result, _ = self.run({"UPKEEP_COUNT_ALLOCATIONS": counted}, None)
        if result.exit != self.answers or not os.path.exists(counted):
            raise SystemExit(f"torture: {self.name}: in peace it ends with {result.exit}, and "
                             f"{'counts' if os.path.exists(counted) else 'does not count'} its "
                             f"allocations:\n{result.stderr.decode()}")
        self.stdout, self.files = _without_times(result.stdout), result.files
        self.allocations = int(pathlib.Path(counted).read_text())
        result, log = self.run({}, "")
        self.trace = syscalls.parse(log)

    def run(self, environment, inject):
        """inject: what strace makes fail; "": nothing, all is logged; None: without strace. The
        result gets `files`, what was written under a final name; strace's log comes with it."""
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            output = os.path.join(scratch, "output")
            os.mkdir(output)
            log = os.path.join(scratch, "log")
            words = {"output": output, "scratch": scratch, **self._words}
            command = self._traced(inject, log) + [self._command] + _filled(self._arguments, words)
            stdin = b"" if self._request is None else json.dumps(
                _filled(self._request, words)).encode()
            full = {"HOME": "/", "PATH": os.environ["PATH"], "BUILD_ID": "9", **environment}
            result = Run(command, "/", full, stdin, SECONDS).wait()
            result.files = _files_in(output)
            return result, pathlib.Path(log).read_text() if inject is not None else ""

    @staticmethod
    def _traced(inject, log):
        if inject is None:
            return []
        command = ["strace", "-f", "-qq", "-o", log]
        if inject:
            call = inject.partition(":")[0]
            command += ["-e", "trace=" + call, "-e", "inject=" + inject]
        return command + ["--"]


def _files_in(folder):
    """What stands below a folder under a final name; a name that begins with `.` is not final."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            found[str(path.relative_to(folder))] = _without_times(path.read_bytes())
    return found


def _failed(descriptor, log):
    """Whether it was a call on this descriptor that was made to fail."""
    return re.search(r"(?:write|close)\(%d\b.*\(INJECTED\)" % descriptor, log) is not None


def _where(expected, name, content):
    """The first lines that differ."""
    if name not in expected:
        return "it should not be there"
    pairs = zip(expected[name].splitlines(), content.splitlines())
    different = [f"{one!r} is {other!r}" for one, other in pairs if one != other]
    return (different + [f"{len(content)} of {len(expected[name])} characters"])[0][:300]


def judge(subject, result, log):
    """What is wrong with a run in which something failed."""
    if result.problem:
        return [result.problem]
    ends = f"exit {result.exit}; stdout: {result.stdout[:300]!r}; stderr: {result.stderr[:600]!r}"
    wrong = []
    for name, content in result.files.items():
        if content != subject.files.get(name):
            where = _where(subject.files, name, content)
            wrong.append(f"{name} is not what it should be: {where}")
    if result.exit == subject.answers:
        if _without_times(result.stdout) != subject.stdout:
            wrong.append("the exit code says that all is well, but the answer is another")
        if subject.answers > 1 and not result.stderr.strip() and not _failed(2, log):
            wrong.append("it failed without a message")
        wrong += [f"{name} is missing, and nothing was said" for name in subject.files
                  if name not in result.files]
    elif result.exit in subject.fails:
        if result.stdout and not _failed(1, log):
            wrong.append("it failed, but stdout is not empty")
        if not result.stderr.strip() and not _failed(2, log):
            wrong.append("it failed without a message")
    else:
        wrong.append("the exit code is none of its own")
    return wrong + [ends] if wrong else []
