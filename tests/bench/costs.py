"""Puts whose requests and bytes are counted while they stand in line."""

import re
import time

from .meter import Meter

MINUTE = 60
BUILD = re.compile(r"/api/v1/builds/(\d+)")


class Counted:
    """The puts of these builds of a line, by a meter of their own."""

    def __init__(self, line, ranks, stack):
        self._line = line
        self._ranks = ranks
        self._meter = Meter(line.port)
        stack.callback(self._meter.close)
        self.waiters = [line.start(rank, self._meter.port, settle="2s") for rank in ranks]

    def begin(self):
        """When all stand in line, which the first requests and bytes were for."""
        for waiter in self.waiters:
            waiter.wait_in_line()
        self._begun, self.first_bytes = time.monotonic(), self._meter.bytes()

    def end(self):
        self._ended, self._bytes = time.monotonic(), self._meter.bytes() - self.first_bytes
        self.peak = max(waiter.peak_bytes() for waiter in self.waiters)

    def first_requests(self):
        return sum(each.at < self._begun for rank in self._ranks for each in self._of(rank))

    def requests_a_minute(self):
        return sum(a_minute(self._rounds(rank)) for rank in self._ranks)

    def bytes_a_minute(self):
        counted = sum(each.at > self._begun for rank in self._ranks for each in self._of(rank))
        return self.requests_a_minute() * self._bytes / counted

    def _of(self, rank):
        return [each for each in self._line.requests()
                if each.rank == rank and each.at < self._ended]

    def _rounds(self, rank):
        """When it has asked whether builds ahead still run."""
        own = self._line.build_id(rank)
        builds = [(each.at, BUILD.fullmatch(each.target)) for each in self._of(rank)]
        return [at for at, build in builds if build and int(build[1]) != own]


def a_minute(times):
    """From the first round to the last: it must not matter when a minute begins. What is asked
    within a second is one round."""
    begins = [at for before, at in zip([0, *times], times) if at > before + 1]
    if len(begins) < 2:
        raise SystemExit("bench: less than two rounds do not tell how often they are")
    return MINUTE * sum(at < begins[-1] for at in times) / (begins[-1] - begins[0])
