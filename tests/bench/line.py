"""A stand-in Concourse with a line of builds, and `out` for those of them that wait."""

import collections
import json
import pathlib
import re
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.request

from runner.standin import Standin

LIMIT = 3
WEEK = 1_750  # so many builds have ended in it; the list holds them, too
LONGEST = 180  # seconds, for whatever is waited for
OPERATOR = "token-of-the-operator"
USER, PASSWORD = "upkeep", "hunter22"
PLACE = re.compile(rb"place (\d+) of ")
Request = collections.namedtuple("Request", "rank at target")


class Line:
    """So many builds that run, by rank from 0 on, until end() ends them."""

    def __init__(self, options, count, week=WEEK):
        self._program = str(options.program)
        self._week = week
        self._folder = tempfile.TemporaryDirectory(prefix="upkeep-bench-")
        self._path = pathlib.Path(self._folder.name)
        self._waiters = []
        self._requests = []
        self._standin = Standin(options.standin, {"ci": {
            "tls": True, "concourse": {"users": _users(count), "builds": self._builds(count)}}},
            self._path)
        self.port = int(self._standin.ready["servers"]["ci"]["port"])
        self._tls = ssl.create_default_context(cafile=self._path / "ca.pem")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for waiter in self._waiters:
            waiter.stop()
        self._standin.stop()
        self._folder.cleanup()

    def _builds(self, count):
        ended = {"id": 1, "job": "main/cf/test", "name": "1234", "status": "succeeded",
                 "times": self._week}
        return [ended] + [
            {"id": self.build_id(rank), "job": f"main/cf/deploy-cf-{rank:03}", "name": "41"}
            for rank in range(count)]

    def build_id(self, rank):
        return self._week + 1 + rank

    def start(self, rank, port=None, signs_in=False, **source):
        """The put of this build, perhaps by way of another port. It has a token of its own, which
        tells whose a request is, unless it signs in."""
        concourse = {"url": f"https://127.0.0.1:{port or self.port}",
                     "ca_cert": (self._path / "ca.pem").read_text()}
        concourse.update({"username": USER, "password": PASSWORD} if signs_in else
                         {"token": _token(rank)})
        request = self._path / f"put-{rank}.json"
        request.write_text(json.dumps({"source": {
            "kind": "throttle", "limit": LIMIT, "jobs": ["main/*/deploy-*"],
            "concourse": concourse, **source}}))
        waiter = Waiter([self._program, "out", str(self._path)], request, self.build_id(rank))
        self._waiters.append(waiter)
        return waiter

    def end(self, rank):
        """Ends the build, and tells when its place fell free."""
        freed = time.monotonic()
        url = f"https://127.0.0.1:{self.port}/api/v1/builds/{self.build_id(rank)}/abort"
        request = urllib.request.Request(url, method="PUT",
                                         headers={"Authorization": f"Bearer {OPERATOR}"})
        with urllib.request.urlopen(request, context=self._tls, timeout=LONGEST):
            return freed

    def requests(self):
        """Those of puts until now: whose, when by time.monotonic(), for what."""
        self._requests += [Request(_rank_of(each), each["at"], each["target"])
                           for each in self._standin.arrivals()
                           if each["event"] == "request" and each["method"] != "PUT"]
        return self._requests


def _token(rank):
    return f"token-of-put-{rank}"


def _rank_of(arrival):
    """None for one that has signed in by itself."""
    token = dict(arrival["headers"]).get("Authorization", "")
    found = re.fullmatch(r"Bearer token-of-put-(\d+)", token)
    return int(found[1]) if found else None


def _users(count):
    viewer = {"main": ["viewer"]}
    return {"operator": {"token": OPERATOR, "roles": {"main": ["pipeline-operator"]}},
            USER: {"password": PASSWORD, "roles": viewer},
            **{f"put-{rank}": {"token": _token(rank), "roles": viewer} for rank in range(count)}}


class Waiter:
    """`out` of one build, from its start until it is let by."""

    def __init__(self, arguments, request, build_id):
        self.place = None    # the last that it has said
        self.let_by = None   # when
        self._said = b""
        self._in_line = threading.Event()
        self._done = threading.Event()
        with open(request, "rb") as stdin:
            self._process = subprocess.Popen(
                arguments, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                env={"HOME": "/", "BUILD_ID": str(build_id)})
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self):
        for line in self._process.stderr:
            self._said += line
            if place := PLACE.match(line):
                self.place = int(place[1])
                self._in_line.set()
        if self._process.wait() == 0:
            self.let_by = time.monotonic()
        self._in_line.set()
        self._done.set()

    def wait_in_line(self):
        if not self._in_line.wait(LONGEST) or self._done.is_set():
            raise SystemExit(f"bench: it does not stand in line: {self._said.decode()}")

    def require_waiting(self, seconds):
        """For so long it must not be let by."""
        if self._done.wait(seconds):
            raise SystemExit(f"bench: it does not wait: {self._said.decode()}")

    def wait_let_by(self):
        if not self._done.wait(LONGEST) or self.let_by is None:
            raise SystemExit(f"bench: it is not let by: {self._said.decode()}")
        return self.let_by

    def peak_bytes(self):
        return peak_bytes(self._process.pid)

    def stop(self):
        self._process.kill()
        self._thread.join()
        self._process.stderr.close()


def peak_bytes(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024
