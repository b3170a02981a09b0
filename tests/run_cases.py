#!/usr/bin/python3
"""Drives the real programs as Concourse and operators do: tests/README.md says how to write a case.

    tests/run_cases.py [--program ROOTFS|BINARY] [--chroot] [--filter TEXT] [--keep] [--verbose]
"""

import argparse
import concurrent.futures
import os
import pathlib
import sys

import default_signals
from runner import case_file, documents, self_check
from runner.one_case import Outcome, run_case
from runner.patterns import Wrong
from runner.place import Program, default_program, default_standin

CASES = pathlib.Path(__file__).resolve().parent / "cases"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", help="a root file system, or one binary")
    parser.add_argument("--standin", help="the stand-in for servers (default: the newest built)")
    parser.add_argument("--chroot", action="store_true",
                        help="run inside the root file system (needs root)")
    parser.add_argument("--filter", default="", help="only cases whose name contains this text")
    parser.add_argument("--cases", default=CASES, type=pathlib.Path, help="the folder of the cases")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--waiting-jobs", type=int, default=48,
                        help="how many at once of the cases that mostly wait")
    parser.add_argument("--seconds", type=float, default=30, help="time limit of one run")
    parser.add_argument("--keep", action="store_true", help="keep the folders of cases that fail")
    parser.add_argument("--verbose", action="store_true", help="name the cases that pass, too")
    return parser.parse_args()


def read_cases(folder):
    """The cases, and an outcome for each file that holds none."""
    cases, broken = [], []
    for path in sorted(folder.rglob("*.yml")):
        name = str(path.relative_to(folder))
        try:
            cases += case_file.parse(path.read_text(), name.removesuffix(".yml"))
        except Wrong as error:
            broken.append(Outcome(name, "failed", f"the case is not well formed: {error}"))
    names = [case.name for case in cases]
    broken += [Outcome(name, "failed", "two cases have this name")
               for name in sorted(set(names)) if names.count(name) > 1]
    return cases, broken


def run_all(cases, options, program):
    """Those that mostly wait begin first, many at once, and beside them the others."""
    with concurrent.futures.ProcessPoolExecutor(options.waiting_jobs) as waiting, \
            concurrent.futures.ProcessPoolExecutor(options.jobs) as working:
        running = [(waiting if case.waits else working).submit(
            run_case, case, program, options.standin or default_standin(), options.seconds,
            options.keep) for case in cases]
        for case, future in zip(cases, running):
            try:
                yield future.result()
            except Exception as error:  # a bug of the runner must not hide the other cases
                yield Outcome(case.name, "failed", f"the runner failed: {error!r}")


def show(outcome, verbose):
    if outcome.state == "failed":
        print(f"FAILED {outcome.name}")
        for line in outcome.text.splitlines():
            print("    " + line)
    elif verbose or outcome.state == "skipped":
        print(f"{outcome.state} {outcome.name}{': ' if outcome.text else ''}{outcome.text}")
    sys.stdout.flush()


def main():
    options = arguments()
    default_signals.restore()
    wrong = self_check.check()
    if wrong:
        raise SystemExit("run_cases: " + "\n".join(wrong))
    program = Program(options.program or default_program(), options.chroot)
    cases, broken = read_cases(options.cases)
    cases += documents.cases()
    chosen = [case for case in cases if options.filter in case.name]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for outcome in [*broken, *run_all(chosen, options, program)]:
        counts[outcome.state] += 1
        show(outcome, options.verbose)
    if not chosen and not broken:
        raise SystemExit(f"run_cases: no case has {options.filter!r} in its name")
    print(", ".join(f"{count} {state}" for state, count in counts.items()))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
