#!/usr/bin/python3
"""Makes the n-th allocation and the n-th system call fail, once main has started, in a small case
of each program: each time it must answer completely, or fail with a message, an empty stdout and
no half-written file under its final name; never crash, never hang.

    tests/torture/run.py [--program build/torture/upkeep] [--quick] [--only TEXT] [--verbose]

Every n up to 2,000 is tried, and a sample beyond; with --quick, and of what waits, a sample of all.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from torture import syscalls  # noqa: E402
from runner.place import default_standin  # noqa: E402
from runner.standin import Standin  # noqa: E402
from torture.subject import LINES, RUN, SERVERS, SUBJECTS, WAITING  # noqa: E402
from torture.subject import Subject, judge  # noqa: E402

EVERY = 2000   # up to this one, each n is tried
BEYOND = 300   # of those after it
QUICK = 150    # of all, for each subject and way of failing

Trial = collections.namedtuple("Trial", "subject name environment inject")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=TESTS.parent / "build" / "torture" / "upkeep",
                        type=pathlib.Path)
    parser.add_argument("--standin", help="the stand-in for servers (default: the newest built)")
    parser.add_argument("--quick", action="store_true", help="a sample, in under a minute")
    parser.add_argument("--only", default="", help="only trials whose name contains this text")
    parser.add_argument("--jobs", type=int, default=2 * os.cpu_count())
    parser.add_argument("--verbose", action="store_true", help="name the trials that pass, too")
    return parser.parse_args()


def sample(items, most):
    """The same sample every time, in order."""
    if len(items) <= most:
        return items
    chosen = random.Random(len(items)).sample(range(len(items)), most)
    return [items[index] for index in sorted(chosen)]


def chosen(items, quick):
    if quick:
        return sample(items, QUICK)
    return items[:EVERY] + sample(items[EVERY:], BEYOND)


def trials_of(subject, quick):
    allocations = [Trial(subject.name, f"{subject.name}: allocation {n}",
                         {"UPKEEP_FAIL_ALLOCATION": str(n)}, None)
                   for n in range(1, subject.allocations + 1)]
    errors = syscalls.OF_LINES if subject.name in LINES else syscalls.ERRORS
    calls = [Trial(subject.name, f"{subject.name}: {call} {n}: {error}", {},
                   syscalls.injection(call, n, error))
             for call, n, error in syscalls.plan(subject.trace, errors)]
    quick = quick or subject.name in WAITING
    return chosen(allocations, quick) + chosen(calls, quick)


def attempt(subject, trial):
    result, injected = subject.run(trial.environment, trial.inject)
    return trial.name, judge(subject, result, injected)


def prepare(program, words, folder):
    """The subjects, each run once unharmed; nothing to do without the means to harm them."""
    if shutil.which("strace") is None:
        raise SystemExit("torture: there is no strace: ci/setup all installs it")
    if not program.is_file():
        raise SystemExit(f"torture: there is no {program}: ci/build torture makes it")
    subjects = {name: Subject(name, shape, program, words, folder)
                for name, shape in SUBJECTS.items()}
    for subject in subjects.values():
        subject.measure()
    return subjects


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="upkeep-torture-") as folder:
        servers = Standin(options.standin or default_standin(), SERVERS, pathlib.Path(folder))
        try:
            ca = pathlib.Path(servers.ready["ca_file"]).read_text()
            words = {"url": servers.vars()["server.url"], "ci": servers.vars()["ci.url"], "ca": ca,
                     "line": folder}
            with place_taken(options.program, folder):
                return torment(options, prepare(options.program, words, folder))
        finally:
            servers.stop()


@contextlib.contextmanager
def place_taken(program, folder):
    """Somebody else runs in the only place of the line `full`."""
    command = [program, *RUN, "full", "--folder", folder, "--", "sh", "-c", "echo runs; exec cat"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        if holder.stdout.readline() != b"runs\n":
            raise SystemExit("torture: nothing runs in the place that is to be taken")
        yield


def torment(options, subjects):
    failed, total = 0, 0
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        running = []
        for subject in subjects.values():
            trials = [trial for trial in trials_of(subject, options.quick)
                      if options.only in trial.name]
            print(f"{subject.name}: {subject.allocations} allocations, "
                  f"{len(subject.trace)} system calls; {len(trials)} trials", flush=True)
            running += [pool.submit(attempt, subject, trial) for trial in trials]
        for future in running:
            name, wrong = future.result()
            total += 1
            failed += bool(wrong)
            if wrong:
                print(f"FAILED {name}\n    " + "\n    ".join(wrong), flush=True)
            elif options.verbose:
                print(f"passed {name}")
    print(f"{total - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main())
