"""What a check costs, with curl beside it for the same answers.

Commands that are compared take turns. Of times the minimum is judged: what else the machine does
can only add to it.
"""

import os
import pathlib
import statistics
import tempfile

from runner.standin import Standin

from . import servers
from .clients import Clients
from .table import Table

SIZE, START, PEAK, RATIO = 8e6, 4, 20e6, 1.3
REQUESTS = 3 + len(servers.LINES)  # /info, the token, the deployments; one a line
PEAK_RUNS = STOP_RUNS = 10
SILENCE_MS, STOP = 60_000, 100


class Rows(Table):
    def __init__(self):
        super().__init__("minimum", "median", "wanted")

    def times(self, what, taken, target=None):
        self.row(what, f"{min(taken):.1f} ms", f"{statistics.median(taken):.1f} ms",
                 f"{target} ms" if target else "", missed=target and min(taken) > target,
                 is_time=True)

    def ratio(self, what, ours, theirs, target=None):
        ratio = min(ours) / min(theirs)
        of_medians = statistics.median(ours) / statistics.median(theirs)
        self.row(what, f"{ratio:.2f}", f"{of_medians:.2f}", target or "",
                 missed=target and ratio > target, is_time=True)


def in_turns(rounds, *commands):
    taken = [[] for _ in commands]
    for _ in range(rounds):
        for times, command in zip(taken, commands):
            times.append(command.milliseconds())
    return taken


class Stage:
    """A stand-in that answers after so many milliseconds, and the clients of it."""

    def __init__(self, options, delay_ms, many_authorities=False):
        self._options = options
        self._delay_ms = delay_ms
        self._many_authorities = many_authorities

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="upkeep-bench-")
        folder = pathlib.Path(self._folder.name)
        self.standin = Standin(self._options.standin, servers.servers(self._delay_ms), folder)
        urls = {name: server["url"] for name, server in self.standin.ready["servers"].items()}
        self.clients = Clients(self._options.program, urls, folder, self._many_authorities)
        return self

    def __exit__(self, *_):
        self.standin.stop()
        self._folder.cleanup()

    def requests(self, command):
        """How many arrived, and that curl sends no others than a check."""
        self.standin.arrivals()
        command.milliseconds()
        arrived = [each for each in self.standin.arrivals() if each["event"] == "request"]
        for each in arrived:
            if each["reply"] is None:
                raise SystemExit(f"bench: nothing was laid down for {each['target']}")
        return sorted((each["server"], each["target"]) for each in arrived)


def compare(table, name, stage, rounds):
    clients = stage.clients
    check, in_order, at_once = clients.check(), clients.curl_in_order(), clients.curl_at_once()
    requests = stage.requests(check)
    for command in (in_order, at_once):
        if stage.requests(command) != requests:
            raise SystemExit("bench: curl asks for something else than the check")
    ours, ordered, parallel = in_turns(rounds, check, in_order, at_once)
    table.times(f"{name}: check", ours)
    table.times(f"{name}: curl, in the same order", ordered)
    table.ratio(f"{name}: ratio to it", ours, ordered, RATIO)
    table.ratio(f"{name}: ratio to curl that knows what to ask for", ours, parallel)
    return len(requests)


def measure(options):
    table = Rows()
    table.conditions = f"; {options.rounds} rounds"
    size = os.path.getsize(options.program)
    table.row("size of the program", f"{size / 1e6:.2f} MB", "", "8 MB", missed=size > SIZE)
    with Stage(options, 0) as stage:
        start, = in_turns(options.rounds, stage.clients.wrong_check())
        table.times("start: check with a source error", start, START)
        count = compare(table, "no delay", stage, options.rounds)
    with Stage(options, 20) as stage:
        compare(table, "20 ms", stage, options.rounds)
    with Stage(options, 0, many_authorities=True) as stage:
        compare(table, "the system's authorities", stage, options.rounds)
        check = stage.clients.check()
        peaks = [check.peak_bytes() for _ in range(PEAK_RUNS)]
    table.row("peak memory, the highest", f"{max(peaks) / 1e6:.1f} MB", "", "20 MB",
              missed=max(peaks) > PEAK)
    with Stage(options, SILENCE_MS) as stage:
        check = stage.clients.check()
        stops = [check.milliseconds_to_stop(stage.standin.arrivals) for _ in range(STOP_RUNS)]
    table.row("SIGTERM while the director is silent, the longest", f"{max(stops):.1f} ms", "",
              f"{STOP} ms", missed=max(stops) > STOP, is_time=True)
    table.row("requests", count, "", REQUESTS, missed=count != REQUESTS)
    return table
