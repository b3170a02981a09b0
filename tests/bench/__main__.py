"""ci/bench runs this; it says what for."""

import argparse
import os
import pathlib
import platform
import sys

from . import check, throttle
from .readme import update

PARTS = {"check": check.measure, "throttle": throttle.measure}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        models = [line.partition(":")[2].strip() for line in stream if line[:10] == "model name"]
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores, Linux {kernel}"


def main():
    parser = argparse.ArgumentParser(prog="ci/bench")
    parser.add_argument("--program", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--standin", help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=PARTS, help="measure this part alone")
    parser.add_argument("--update", action="store_true", help="write the tables into README.md")
    parser.add_argument("--report-only", action="store_true", help="times fail nobody")
    parser.add_argument("--rounds", type=int, default=50, help="of a check")
    options = parser.parse_args()
    missed = []
    for part in [options.only] if options.only else PARTS:
        table = PARTS[part](options)
        text = "\n".join([f"On {machine()}{table.conditions}.", "", *table.lines]) + "\n"
        print(text, flush=True)
        if options.update:
            update(part, text)
        for what in table.missed + table.missed_times:
            print(f"missed: {what}", file=sys.stderr)
        missed += table.missed + ([] if options.report_only else table.missed_times)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
