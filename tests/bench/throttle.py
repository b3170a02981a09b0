"""What waiting for a place costs, and how soon one that falls free is taken: by the builds of a
stand-in Concourse, and by file."""

import concurrent.futures
import contextlib
import operator
import random
import statistics
import subprocess
import time

from throttle_run.stage import Stage, within

from .costs import MINUTE, Counted
from .line import LIMIT, Line, peak_bytes
from .meter import Meter
from .table import Table

TWENTY, FORTY, TWO_HUNDRED = 20, 40, 200
LONG_WEEK = 4_700  # with what runs it nearly fills a part of the list: the most memory
OF_TWO_HUNDRED = (3, 29, 199)  # by rank: they ask every 3, 27 and 60 s
TURNS = -(-FORTY // LIMIT)
HELD = 1  # seconds
IDEAL = TURNS * HELD
INTERVAL, LONGEST_INTERVAL, SETTLE = 3, 60, 5  # seconds, of the program
FREE = "from a place falling free to the next start"
HOLDING = f'echo "+$EPOCHREALTIME" >> "$0"; sleep {HELD}; echo "-$EPOCHREALTIME" >> "$0"'


class Rows(Table):
    def __init__(self):
        super().__init__("measured", "wanted")

    def at_most(self, what, value, most, form, is_time=True):
        self.row(what, form.format(value), form.format(most), missed=value > most,
                 is_time=is_time)

    def costs(self, what, requests, size, wanted=None):
        self.row(f"{what}: requests", f"{requests:.3g}", wanted or "",
                 missed=wanted and requests > wanted)
        self.row(f"{what}: bytes", f"{size / 1e3:.1f} kB", "")

    def memory(self, what, peak):
        self.at_most(f"{what}: peak memory, the highest", peak / 1e6, 10, "{:.3g} MB", False)

    def reactions(self, what, taken, wanted=None):
        median = statistics.median(taken)
        self.row(f"{what}, median", f"{median:.2f} s", f"{wanted} s" if wanted else "",
                 missed=wanted and median > wanted, is_time=True)
        self.row(f"{what}, worst", f"{max(taken):.2f} s", "")


def reactions(starts, ends):
    """By rank, how long each place was free before it was taken. It is free for a build as soon as
    fewer than LIMIT of those ahead have not ended."""
    return [start - sorted(ends[:rank])[rank - LIMIT] for rank, start in enumerate(starts)
            if rank >= LIMIT]


def alone(options, rows):
    with Line(options, 1) as line, contextlib.closing(Meter(line.port)) as meter:
        line.start(0, meter.port, signs_in=True, settle="2s").wait_let_by()
        rows.costs("1 in the group, until it is let by", len(line.requests()), meter.bytes(), 6)


def in_line(options, rows):
    """Twenty wait for a minute, then are let by one after the other; some of two hundred, who ask
    seldom, wait beside them."""
    with contextlib.ExitStack() as stack:
        many = stack.enter_context(Line(options, TWO_HUNDRED, LONG_WEEK))
        few = stack.enter_context(Line(options, LIMIT + TWENTY))
        some = [Counted(many, [rank], stack) for rank in OF_TWO_HUNDRED]
        first = Counted(few, range(LIMIT, TWENTY), stack)
        others = Counted(few, range(TWENTY, LIMIT + TWENTY), stack)
        for each in (*some, first, others):
            each.begin()
        first.waiters[0].require_waiting(MINUTE)
        first.end()
        others.end()
        waiting = len(first.waiters)
        rows.costs(f"20 in the group, a minute of each of the {waiting} that wait",
                   first.requests_a_minute() / waiting, first.bytes_a_minute() / waiting)
        rows.at_most("20 wait for 3 places, a minute of all: requests",
                     first.requests_a_minute() + others.requests_a_minute(), 460, "{:.0f}", False)
        taken = let_by_in_turn(few, first.waiters + others.waiters)
        for each, rank in zip(some, OF_TWO_HUNDRED):
            each.end()
            rows.costs(f"200 in the group, a minute of the {rank + 1}th",
                       each.requests_a_minute(), each.bytes_a_minute())
        rows.costs("200 in the group, until the 200th stands in line",
                   some[-1].first_requests(), some[-1].first_bytes)
        rows.reactions(FREE, taken, 3)
        in_intervals(rows, taken, first.waiters + others.waiters)
        return max(each.peak for each in (first, others, *some))


def let_by_in_turn(line, waiters):
    """Each place falls free some seconds after the one before."""
    chance = random.Random(5)
    freed = []
    for rank in range(len(waiters)):
        waiters[-1].require_waiting(chance.uniform(2, 4))
        if rank >= LIMIT:
            waiters[rank - LIMIT].wait_let_by()
        freed.append(line.end(rank))
    return reactions([None] * LIMIT + [each.wait_let_by() for each in waiters], freed)


def in_intervals(rows, taken, waiters):
    """What each took, measured by how often it asks at the place that it had said last."""
    intervals = [min(INTERVAL * max(1, (each.place - 1) // LIMIT), LONGEST_INTERVAL)
                 for each in waiters]
    rows.at_most(f"{FREE}, worst, in intervals of that waiter",
                 max(map(operator.truediv, taken, intervals)), 2, "{:.2f}")


def forty_by_builds(options, rows):
    """They start at once; each holds its place from when it is let by."""
    with Line(options, FORTY) as line:
        begun = time.monotonic()
        waiters = [line.start(rank) for rank in range(FORTY)]

        def hold(rank):
            let_by = waiters[rank].wait_let_by()
            subprocess.run(["sleep", str(HELD)], check=True)
            return let_by, line.end(rank)

        with concurrent.futures.ThreadPoolExecutor(FORTY) as threads:
            starts, ends = zip(*threads.map(hold, range(FORTY)))
    rows.at_most("forty for a second each: in all", max(ends) - begun,
                 SETTLE + IDEAL + INTERVAL * TURNS, "{:.1f} s")
    rows.reactions(f"forty for a second each: {FREE}", reactions(starts, ends))


def forty_by_file(options, rows):
    with contextlib.closing(Stage(options.program.resolve())) as stage:
        begun = time.monotonic()
        processes = [stage.start("bash", "-c", HOLDING, stage.log, stdin=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL) for _ in range(FORTY)]
        within(lambda: len(stage.records()) > FORTY, "half of them have had a place")
        peak = max(peak_bytes(each.pid) for each in processes if each.poll() is None)
        if any(each.wait() for each in processes):
            raise SystemExit("bench: throttle run failed")
        took = time.monotonic() - begun
        records = stage.records()
    starts, ends = (sorted(float(each[1:]) for each in records if each[0] == sign)
                    for sign in "+-")
    rows.at_most("by file, forty for a second each: in all", took, 1.1 * IDEAL, "{:.1f} s")
    rows.reactions(f"by file, forty for a second each: {FREE}", reactions(starts, ends))
    rows.memory("by file", peak)


def measure(options):
    rows = Rows()
    alone(options, rows)
    peak = in_line(options, rows)
    forty_by_builds(options, rows)
    rows.memory("200 in the group", peak)
    forty_by_file(options, rows)
    return rows
