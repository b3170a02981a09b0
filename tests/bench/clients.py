"""A check, and curl fetching the same answers, each timed from its start to its end."""

import json
import os
import signal
import subprocess
import time

from . import servers

CURL = "/usr/bin/curl"
STOPPED = 1  # the exit code of a check
DEBIAN_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


class Command:
    """What one client runs, one process after the other."""

    def __init__(self, environment, *processes, exit_code=0):
        self._environment = environment
        self._processes = processes  # each a pair: arguments, the file on stdin
        self._exit_code = exit_code

    def milliseconds(self):
        begin = time.perf_counter()
        for arguments, stdin in self._processes:
            self._wait(self._start(arguments, stdin), arguments, self._exit_code)
        return (time.perf_counter() - begin) * 1000

    def milliseconds_to_stop(self, is_asked):
        """From a SIGTERM, which is sent when the server has been asked, to the end."""
        (arguments, stdin), = self._processes
        pid = self._start(arguments, stdin)
        while not is_asked():
            os.sched_yield()
        begin = time.perf_counter()
        os.kill(pid, signal.SIGTERM)
        self._wait(pid, arguments, STOPPED)
        return (time.perf_counter() - begin) * 1000

    def _start(self, arguments, stdin):
        return os.posix_spawn(arguments[0], arguments, self._environment, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])

    @staticmethod
    def _wait(pid, arguments, wanted):
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code != wanted:
            raise SystemExit(f"bench: exit code {code} of: {' '.join(arguments)}")

    def peak_bytes(self):
        """By `time`, which is small: a process counts what it was forked from, too."""
        (arguments, stdin), = self._processes
        with open(stdin, "rb") as stream:
            done = subprocess.run(["/usr/bin/time", "--format=%M", *arguments], stdin=stream,
                                  env=self._environment, capture_output=True, check=True)
        return int(done.stderr.decode().splitlines()[-1]) * 1024


class Clients:
    """The commands against one stand-in. With `many_authorities` the lists are on a server that
    the system's bundle vouches for, as bosh.io is; else on one with an authority of its own."""

    def __init__(self, program, urls, folder, many_authorities):
        self._urls = urls
        self._folder = folder
        self._authority = folder / "ca.pem"
        bundle = folder / "bundle.pem"
        bundle.write_text(self._authority.read_text())
        if many_authorities:
            with open(DEBIAN_BUNDLE, encoding="ascii") as stream:
                bundle.write_text(stream.read() + self._authority.read_text())
        self._environment = {"HOME": "/", "SSL_CERT_FILE": str(bundle)}
        self._program = str(program)

    def check(self):
        return Command(self._environment, self._check({}))

    def wrong_check(self):
        return Command(self._environment, self._check({"publishd": 1}), exit_code=1)

    def curl_in_order(self):
        """Each request when the answer that it needs is there: as fast as a script could be that
        reads them in no time. One process as far as one can go."""
        first = self._curl("first", [self._info(), self._token(), self._deployments()])
        return Command(self._environment, first, self._curl("lists", [self._lists()], True))

    def curl_at_once(self):
        """The token, then everything else: what must be known beforehand is known."""
        rest = [self._info(), self._deployments(), self._lists()]
        return Command(self._environment, self._curl("token", [self._token()]),
                       self._curl("rest", rest, True))

    def _check(self, more):
        source = {"kind": "stemcell", "environment": "bench", "own_vm": False,
                  "published": self._urls["published"], "director": {
                      "url": self._urls["director"], "client": servers.CLIENT,
                      "client_secret": servers.SECRET, "ca_cert": self._authority.read_text()}}
        request = self._folder / f"request{len(more)}.json"
        request.write_text(json.dumps({"source": {**source, **more}}))
        return [self._program, "check"], str(request)

    def _curl(self, name, groups, parallel=False):
        each = ["silent", "show-error", "fail"]
        lines = (["parallel", "parallel-immediate", "no-progress-meter"] if parallel else [])
        for number, group in enumerate(groups):
            lines += (["next"] if number else []) + each + group
        config = self._folder / f"curl-{name}"
        config.write_text("\n".join(lines) + "\n")
        return [CURL, "--disable", "--config", str(config)], "/dev/null"

    def _get(self, server, path):
        return [f'url = "{self._urls[server]}{path}"', "output = /dev/null"]

    def _info(self):
        return self._get("director", "/info") + [f"cacert = {self._authority}"]

    def _token(self):
        return self._get("uaa", "/oauth/token") + [
            f"cacert = {self._authority}", 'data = "grant_type=client_credentials"',
            f'user = "{servers.CLIENT}:{servers.SECRET}"']

    def _deployments(self):
        return self._get("director", servers.DEPLOYMENTS_PATH) + [
            f"cacert = {self._authority}", f'header = "Authorization: Bearer {servers.TOKEN}"']

    def _lists(self):
        return [line for each in servers.LINES
                for line in self._get("published", servers.list_path(each))]
