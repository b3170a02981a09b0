"""The documents' throttles and the tasks that ask a Concourse, as cases with the stand-in."""

from .patterns import Pattern

# What fly takes from the shell for the params of a task that are empty.
SHELL = {"CONCOURSE_USERNAME": "upkeep", "CONCOURSE_PASSWORD": "canary-of-the-user",
         "CONCOURSE_CA_CERT": "((ca))"}
DEPLOY = "main/x/deploy-x"  # is in the group of every document


def throttle_case(source):
    """It is checked, and a build of its group, alone, is let by."""
    concourse = source["concourse"]
    user = {"name": concourse["username"], "password": concourse["password"]}
    if "url" in concourse:
        concourse["url"] = "((ci.url))"
    source.setdefault("settle", "2s")
    job = source["jobs"][0].replace("*", "x")
    body = _concourse(user, "viewer", [source["freeze"]] if "freeze" in source else [], [job])
    body["environment"] = {"ATC_EXTERNAL_URL": "((ci.url))", "BUILD_ID": "10"}
    admitted = Pattern("has", {"version": {"build": "10"}})
    body["steps"] = [
        {"run": "check", "source": source, "expect": {"exit": 0, "answer": [], "files": {}}},
        {"run": "out", "source": source,
         "expect": {"exit": 0, "answer": admitted, "stderr": "", "files": {}}}]
    return body


def asks_concourse(args):
    return args[0] in ("throttle", "rollout")


def task_case(args, params, inputs):
    """Done by a user who has the role that its document names, and no more."""
    environment = {name: SHELL.get(name, "") if value is None else value
                   for name, value in params.items()}
    user = {"name": environment["CONCOURSE_USERNAME"],
            "password": environment["CONCOURSE_PASSWORD"]}
    freeze = _values("--freeze", args)
    is_status = args[:2] == ["throttle", "status"]
    body = _concourse(user, "viewer" if is_status else "pipeline-operator",
                      freeze + _values("--own-job", args) + [DEPLOY], [DEPLOY] if is_status else [])
    expect = {"exit": 0, "stdout": "", "stderr": "", "files": {}}
    if is_status:
        expect["stdout"] = {"matches": rf"(?s).*1 +holds +{DEPLOY} #1 .*, limit 3, not frozen\n"}
    elif args[0] == "throttle":
        expect["stdout"] = {"matches": rf"\A{freeze[0]} is paused by \S+ since \S+: nothing"}
    else:
        expect["stderr"] = {"contains": [f"{DEPLOY} #1 triggered", f"succeeded           {DEPLOY}"]}
    report = {"looked": True, "complete": True, "findings": [{"job": DEPLOY}]}
    body["files"] = {f"{name}/findings.json": {"json": report} for name in inputs}
    body["environment"] = {**environment, "ATC_EXTERNAL_URL": "((ci.url))"}
    body["steps"] = [{"run": args, "expect": expect}]
    return body


def _values(option, args):
    return [arg.partition("=")[2] for arg in args if arg.startswith(option + "=")]


def _concourse(user, role, jobs, running):
    """With these jobs, of which the second list has a build each that runs."""
    pipelines = {}
    for job in jobs:
        team, pipeline, name = job.split("/")
        pipelines.setdefault((team, pipeline), []).append(name)
    concourse = {
        "users": {user["name"]: {"password": user["password"],
                                 "roles": {"main": [role]}}},
        "pipelines": [{"team": team, "name": name, "jobs": names}
                      for (team, name), names in pipelines.items()],
        "builds": [{"id": 1, "job": "main/x/test", "status": "succeeded"}] +
                  [{"id": 10 + index, "job": job, "let_by": True}
                   for index, job in enumerate(running)]}
    return {"servers": {"ci": {"tls": True, "concourse": concourse}}, "waits": True}
