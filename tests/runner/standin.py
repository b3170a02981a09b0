"""Starts the stand-in for the servers of a case, and reads what arrived there."""

import json
import os
import subprocess

from .case_file import REPOSITORY
from .patterns import Pattern, Wrong, differences

START_SECONDS = 20


class Standin:
    def __init__(self, program, servers, folder):
        self._record = folder / "requests.jsonl"
        self._record.touch()
        document = {"folder": str(folder), "record": str(self._record),
                    "servers": [_server(name, server) for name, server in servers.items()]}
        (folder / "settings.json").write_text(json.dumps(document))
        self._process = subprocess.Popen(
            [program, str(folder / "settings.json")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self._process.stdout.readline()
        if not line:
            raise Wrong("servers: " + self._process.stderr.read().decode().strip())
        self.ready = json.loads(line)
        self._read = 0
        self._partial = b""

    def vars(self):
        known = {}
        for name, server in self.ready["servers"].items():
            known.update((f"{name}.{fact}", value) for fact, value in server.items())
        return known

    def arrivals(self):
        """What arrived since the last call."""
        with open(self._record, "rb") as stream:
            stream.seek(self._read)
            new = stream.read()
        self._read += len(new)
        lines = (self._partial + new).split(b"\n")
        self._partial = lines.pop()
        return [json.loads(line.decode("utf-8", "replace")) for line in lines]

    def stop(self):
        self._process.stdin.close()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        problem = self._process.stderr.read().decode("utf-8", "replace")
        self._process.stdout.close()
        self._process.stderr.close()
        return problem


def _server(name, server):
    if not isinstance(server, dict):
        raise Wrong(f"servers.{name}: must be a map")
    replies = []
    for reply in server.get("replies", []):
        if "body_file" in reply:
            reply = {**reply, "body_file": os.path.join(REPOSITORY, reply["body_file"])}
        replies.append(reply)
    return {**server, "name": name, "replies": replies}


def _fits(expected, arrival):
    path, _, query = arrival["target"].partition("?")
    wanted = {"method": "GET", **expected}
    wanted.pop("times", None)
    headers = expected.get("headers", {})
    wanted["headers"] = Pattern("has", {name.lower(): value for name, value in headers.items()})
    actual = {"server": arrival["server"], "method": arrival["method"], "path": path,
              "query": query, "sni": arrival["sni"], "body": arrival.get("body", ""),
              "headers": {name.lower(): value for name, value in arrival["headers"]}}
    return not differences(Pattern("has", wanted), actual)


def request_differences(expected, arrivals):
    """Whether just the expected requests arrived; without expectation, whether all had a reply."""
    requests = [arrival for arrival in arrivals if arrival["event"] == "request"]
    if expected is None:
        return ["requests: nothing was laid down for " + shown(arrival) for arrival in requests
                if arrival["reply"] is None and arrival["method"] != "CONNECT"]
    left = list(requests)
    lines = []
    for wanted in expected:
        fitting = [arrival for arrival in left if _fits(wanted, arrival)]
        times = wanted.get("times", 1)
        if len(fitting) != times:
            lines.append(f"requests: {wanted}: expected {times} times, came {len(fitting)} times")
        left = [arrival for arrival in left if arrival not in fitting]
    return lines + ["requests: was not expected: " + shown(arrival) for arrival in left]


def shown(arrival):
    if arrival["event"] != "request":
        return f"{arrival['server']}: connection {arrival['connection']} failed: {arrival['why']}"
    return f"{arrival['server']}: {arrival['method']} {arrival['target']}"
