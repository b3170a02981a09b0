#!/usr/bin/python3
"""`upkeep throttle run` with real processes: the cap, the order, signals, sudden ends.

    tests/throttle_run/run.py [--program build/dev/upkeep] [--only TEXT] [--verbose]

What is timed is the program that ships; the other trials are for the one with sanitizers.
"""

import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

import default_signals  # noqa: E402
from throttle_run.stage import (COUNTING, LIMIT, LONGEST, LOSING, NOTICING,  # noqa: E402
                                SHOWING, WAITERS, Stage, children, ended, over_the_cap,
                                read_until, within)


STREAM = 160   # processes, of which half are killed
AT_ONCE = 8
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PASSED_ON = (*STOPPING, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


# --- The trials: generators of what is wrong

def cap_and_order(stage):
    holders = [stage.start_recording(f"h{n}") for n in range(LIMIT)]
    within(lambda: len(stage.records()) == LIMIT, "the first three run")
    waiters = [stage.start_waiting(f"w{n:02}") for n in range(WAITERS - LIMIT)]
    order = holders + waiters
    for done, process in enumerate(order):
        process.stdin.close()
        process.stdin = None
        started = min(done + 1 + LIMIT, WAITERS)
        within(lambda: len([r for r in stage.records() if r[0] == "+"]) >= started and
               process.poll() is not None, f"{started} have started, {done + 1} have ended")
    records = stage.records()
    yield from over_the_cap(records)
    names = [record[1:] for record in records if record[0] == "+"]
    if names[LIMIT:] != sorted(names[LIMIT:]) or len(names) != WAITERS:
        yield f"not in order of arrival: {names}"
    for process in order:
        if process.returncode != 0:
            yield f"exit code {process.returncode}"


def killed_at_random(stage):
    """Holders and waiters die; the commands of the holders live on, and keep their places."""
    chance = random.Random(5)
    everybody = {f"p{n:02}": stage.start_recording(f"p{n:02}") for n in range(WAITERS)}
    within(lambda: stage.file.exists() and len(stage.file.read_text().splitlines()) == WAITERS + 1,
           "all stand in line")
    within(lambda: len(stage.records()) == LIMIT, "the first three run")
    runs = [record[1:] for record in stage.records()]
    killed = {*runs[:2], *chance.sample(sorted(set(everybody) - set(runs)), 14)}
    for name in killed:
        everybody[name].kill()
        everybody[name].wait()
    orphans = set(runs[:2])
    lives = set(everybody) - killed
    # In the time in which this one gives up, none who waits may have followed them.
    code, _, stderr = ended(stage.start("true", options=["--longest-wait", "1s"]))
    if code != 125 or "place 27 of 27" not in stderr or len(stage.records()) != LIMIT:
        yield f"exit code {code}: {stderr}{stage.records()}"
    for name in orphans:
        everybody[name].stdin.close()
        everybody[name].stdin = None
    finished = set(orphans)
    while finished < lives | orphans:
        within(lambda: {r[1:] for r in stage.records()} - finished, "somebody runs")
        for name in sorted({r[1:] for r in stage.records()} - finished):
            everybody[name].stdin.close()
            everybody[name].stdin = None
            finished.add(name)
    within(lambda: len([r for r in stage.records() if r[0] == "-"]) == len(finished), "all end")
    yield from over_the_cap(stage.records())
    for name in lives:
        if everybody[name].wait(LONGEST) != 0:
            yield f"{name}: exit code {everybody[name].returncode}"


def killed_at_any_moment(stage):
    """While they take their tickets, wait, start their command, and while that runs: a stream of
    them, of which half are killed. Whoever lives gets through, and nothing is left behind."""
    chance = random.Random(11)
    usual = timed(lambda: stage.start_recording("first", stdin=subprocess.DEVNULL).wait(LONGEST))
    lives, killed, deaths = {}, {}, []
    for n in range(STREAM):
        name = f"s{n:03}"
        process = stage.start_recording(name, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        (killed if n % 2 else lives)[name] = process
        if n % 2:
            deaths.append((time.monotonic() + chance.uniform(0, 4 * usual), process))
        within(lambda: kill_the_due(deaths) + still_alive(lives) < AT_ONCE, "some have ended")
    within(lambda: kill_the_due(deaths) == 0, "all are killed that are to be")
    for name, process in lives.items():
        if process.wait(LONGEST) != 0:
            yield f"{name}: exit code {process.returncode}"
    code, _, stderr = ended(stage.start("true", options=["--longest-wait", f"{LONGEST}s"], limit=1))
    if code != 0:  # once all that the killed ones have started has ended, too
        yield f"nothing should be left: exit code {code}: {stderr}"
    records = stage.records()
    yield from over_the_cap(records)
    started = {record[1:] for record in records if record[0] == "+"}
    if started != {record[1:] for record in records if record[0] == "-"}:
        yield f"some have not ended: {records}"
    if not set(lives) <= started:
        yield f"never ran: {sorted(set(lives) - started)}"
    spared = {name for name, process in killed.items() if process.returncode == 0}
    while_running = len((set(killed) - spared) & started)
    before = len(set(killed) - started)
    print(f"killed at any moment: {before} before their command ran, {while_running} while it did, "
          f"{len(spared)} had ended")
    if not before or not while_running:
        yield "the kills are not at all moments"


def kill_the_due(deaths):
    """How many of them are left."""
    for death in [death for death in deaths if death[0] <= time.monotonic()]:
        death[1].kill()
        death[1].wait()
        deaths.remove(death)
    return len(deaths)


def still_alive(processes):
    return sum(process.poll() is None for process in processes.values())


def throughput(stage):
    """Forty that hold for a second each, beside xargs doing the same: the machine slows both."""
    with concurrent.futures.ThreadPoolExecutor() as threads:
        ideal = threads.submit(timed, lambda: subprocess.run(
            ["xargs", "-n", "1", "-P", str(LIMIT), "sh", "-c", "exec sleep 1"],
            input="x\n" * WAITERS, text=True, check=True, timeout=LONGEST))
        took = timed(lambda: [process.wait(LONGEST) for process in [
            stage.start("sleep", "1", stderr=subprocess.DEVNULL) for _ in range(WAITERS)]])
    print(f"forty on three places: {took:.2f} s, {took / ideal.result():.3f} times xargs")
    if took > 1.1 * ideal.result():
        yield f"{took:.2f} s, xargs takes {ideal.result():.2f} s"
    if any(process.returncode for process in stage.started):
        yield "one failed"


def timed(action):
    begun = time.monotonic()
    action()
    return time.monotonic() - begun


def passed_on(stage):
    """Each signal reaches the command, whose exit status comes back."""
    for number in PASSED_ON:
        process = stage.start(sys.executable, "-c", NOTICING, number)
        read_until(process.stdout, b"ready\n")
        process.send_signal(number)
        code, stdout, _ = ended(process)
        if (code, stdout) != (9, f"{int(number)}\n"):
            yield f"{number.name}: exit code {code}, {stdout!r}"
        process = stage.start("sh", "-c", "echo ready; exec sleep 1000")
        read_until(process.stdout, b"ready\n")
        process.send_signal(number)
        code = ended(process)[0]
        if code != 128 + number:
            yield f"{number.name} ends the command: exit code {code}"


def untouched(stage):
    """The command gets the signals' settings, streams and descriptors that upkeep got."""
    def ignore():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)

    def settings(text):
        glibc = 3 << 31  # its own signals: posix_spawn leaves them ignored
        return re.sub(r"(?<=: )\w+", lambda mask: hex(int(mask[0], 16) & ~glibc), text)

    for before in (None, ignore):
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL,
               "preexec_fn": before, "restore_signals": before is None, "text": True}
        plain = subprocess.run(SHOWING, check=True, **how).stdout
        got = stage.start(*SHOWING, **how).communicate(timeout=LONGEST)[0]
        wanted = [line for line in settings(plain).splitlines() if "pipe:" not in line]
        seen = [line for line in settings(got).splitlines() if "pipe:" not in line]
        if seen != [*wanted, str(stage.file)]:
            yield f"{seen}, without upkeep {wanted}"


def stopped_waiter(stage):
    """A signal while it waits: over at once, nothing started, nothing left."""
    holder = stage.start_recording("holder")
    within(stage.records, "the first runs")
    for number in PASSED_ON:
        waiter = stage.start_waiting("waiter", limit=1)
        begun = time.monotonic()
        waiter.send_signal(number)
        code, _, stderr = ended(waiter)
        took = time.monotonic() - begun
        wanted = (125, True) if number in STOPPING else (-number, False)
        if (code, "stopped" in stderr) != wanted or took > 0.5:
            yield f"{number.name}: exit code {code} after {took:.3f} s: {stderr}"
    next_one = stage.start_waiting("next", limit=1)
    ended(holder)
    ended(next_one)
    if stage.records() != ["+holder", "-holder", "+next", "-next"]:
        yield f"{stage.records()}"


def grandchild_holds(stage):
    """What the command leaves behind holds its place, until it has ended."""
    left, ours = os.pipe()
    with contextlib.ExitStack() as stack:
        stack.callback(os.close, left)
        process = stage.start("sh", "-c", f"cat <&{left} >/dev/null 2>&1 & exit 4", limit=1,
                              pass_fds=[left])
        code = ended(process)[0]
        if code != 4:
            yield f"exit code {code}"
        waiter = stage.start_waiting("waiter", limit=1)
        if stage.records():
            yield "the place is free although a part of the command runs"
        os.close(ours)
        ended(waiter)
    if stage.records() != ["+waiter", "-waiter"]:
        yield f"{stage.records()}"


def terminal_signal(stage):
    """Ctrl-C reaches the command once: the terminal sends it to both."""
    process, terminal = stage.start_on_terminal(sys.executable, "-c", COUNTING)
    with terminal:
        read_until(terminal, b"ready")
        process.send_signal(signal.SIGSTOP)  # what it passes on comes later, and is not merged
        terminal.write(b"\x03")
        read_until(terminal, b"got [2]")
        process.send_signal(signal.SIGUSR1)  # is passed on behind whatever else is
        process.send_signal(signal.SIGCONT)
        text = read_until(terminal, b"10]")
        code = process.wait(LONGEST)
    if code != 0 or b"got [2, 10]" not in text:
        yield f"exit code {code}: {text}"


def lost_terminal(stage):
    """The kernel tells the first process of a session alone that its terminal has gone, which
    behind `ssh -t HOST upkeep ...` is upkeep."""
    _, terminal = stage.start_on_terminal(sys.executable, "-c", LOSING, stage.log)
    with terminal:
        read_until(terminal, b"ready")
    within(stage.records, "the command is told that its terminal has gone")
    if stage.records() != [f"+{int(signal.SIGHUP)}"]:
        yield f"{stage.records()}"


def file_of_others(stage):
    """Of a newer release it is refused, one edited by hand is left alone, and still serves."""
    stage.file.write_text("upkeep throttle 2\nwho knows\n")
    code, _, stderr = ended(stage.start("true"))
    if code != 125 or "newer release" not in stderr:
        yield f"a newer one: exit code {code}: {stderr}"
    stage.file.write_text("hello\n")
    holder = stage.start_recording("holder", limit=1)
    within(stage.records, "the first runs")
    waiter = stage.start_waiting("waiter", limit=1)
    ended(holder)
    code, _, stderr = ended(waiter)
    if stage.records() != ["+holder", "-holder", "+waiter", "-waiter"]:
        yield f"edited: {stage.records()}"
    if stage.file.read_text() != "hello\n":
        yield f"overwrote {stage.file.read_text()!r}"
    stage.file.unlink()


def removed_file(stage):
    """Who waits in a file that is gone says so, and does not go on."""
    holder = stage.start_recording("holder", limit=1)
    within(stage.records, "the first runs")
    waiter = stage.start_waiting("waiter", limit=1)
    stage.file.unlink()
    code, _, stderr = ended(waiter)
    if code != 125 or "removed" not in stderr:
        yield f"exit code {code}: {stderr}"
    ended(holder)


def no_children_left(stage):
    """As the first process of a container it reaps what others leave behind."""
    script = ("import os, sys\n"
              "ours, theirs = os.pipe()\n"
              "if os.fork() == 0:\n"
              "    if os.fork() == 0:\n"
              "        os.close(theirs)\n"
              "        os.read(ours, 1)\n"
              "    os._exit(0)\n"
              "os.wait()\n"
              "print('ready', flush=True)\n"
              "sys.stdin.readline()\n"
              "os.close(theirs)\n"
              "sys.stdin.read()\n")
    process = stage.start(sys.executable, "-c", script, preexec_fn=adopt_orphans)
    read_until(process.stdout, b"ready\n")
    if len(children(process)) != 2:
        yield f"the trial does not do what it should: {children(process)}"
    process.stdin.write(b"\n")
    process.stdin.flush()
    within(lambda: len(children(process)) == 1, "the orphan is reaped")
    code = ended(process)[0]
    if code != 0:
        yield f"exit code {code}"


def adopt_orphans():
    import ctypes
    be_subreaper = 36  # PR_SET_CHILD_SUBREAPER
    ctypes.CDLL(None).prctl(be_subreaper, 1, 0, 0, 0)


TRIALS = {
    "forty in order of arrival, three at once": cap_and_order,
    "forty, killed at random": killed_at_random,
    "a stream, killed at any moment": killed_at_any_moment,
    "forty without a pause": throughput,
    "signals are passed on": passed_on,
    "the command is started as without upkeep": untouched,
    "a waiter is stopped": stopped_waiter,
    "what a command leaves behind": grandchild_holds,
    "Ctrl-C on a terminal": terminal_signal,
    "a terminal that goes away": lost_terminal,
    "a file by others": file_of_others,
    "a file that is removed": removed_file,
    "orphans are reaped": no_children_left,
}
TIMED = {throughput}


def run(trial, program):
    stage = Stage(program)
    try:
        yield from trial(stage)
    except (OSError, EOFError, subprocess.SubprocessError) as error:
        yield f"{error}"
    finally:
        stage.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=TESTS.parent / "build/dev/upkeep")
    parser.add_argument("--shipped", type=pathlib.Path,
                        default=TESTS.parent / "build/image/rootfs/bin/upkeep")
    parser.add_argument("--only", default="", help="only trials whose name contains this text")
    parser.add_argument("--verbose", action="store_true", help="name the trials that pass, too")
    options = parser.parse_args()
    default_signals.restore()
    passed = failed = 0
    for name, trial in TRIALS.items():
        if options.only not in name:
            continue
        program = options.shipped if trial in TIMED else options.program
        findings = list(run(trial, program.resolve()))
        passed, failed = passed + (not findings), failed + bool(findings)
        for finding in findings:
            print(f"{name}: {finding.rstrip()}")
        if options.verbose and not findings:
            print(f"{name}: passed")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
