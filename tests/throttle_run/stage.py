"""A folder with a line of `upkeep throttle run`, the processes in it, and what they do."""

import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

LONGEST = 60  # seconds, for whatever is waited for
LIMIT = 3
WAITERS = 40

# What runs in a place: it says so in a file that all append to, ends when its input does, says so.
RECORDING = ("import os, sys\n"
             "log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)\n"
             "os.write(log, b'+%s\\n' % sys.argv[2].encode())\n"
             "sys.stdin.read()\n"
             "os.write(log, b'-%s\\n' % sys.argv[2].encode())\n")

NOTICING = ("import signal, sys\n"
            "wanted = {int(sys.argv[1])}\n"
            "signal.pthread_sigmask(signal.SIG_BLOCK, wanted)\n"
            "print('ready', flush=True)\n"
            "print(int(signal.sigwait(wanted)))\n"
            "sys.exit(9)\n")
COUNTING = ("import os, signal\n"
            "ours, theirs = os.pipe()\n"
            "os.set_blocking(theirs, False)\n"
            "signal.set_wakeup_fd(theirs)\n"
            "for number in (signal.SIGINT, signal.SIGUSR1):\n"
            "    signal.signal(number, lambda *_: None)\n"
            "print('ready', flush=True)\n"
            "got = b''\n"
            "while signal.SIGUSR1 not in got:\n"
            "    got += os.read(ours, 9)\n"
            "    print('got', list(got), flush=True)\n")
LOSING = ("import os, signal, sys\n"
          "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})\n"
          "print('ready', flush=True)\n"
          "number = signal.sigwait({signal.SIGHUP})\n"
          "os.write(os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND), b'+%d\\n' % number)\n")
SHOWING = ("sh", "-c",
           "while read -r line; do case $line in SigBlk*|SigIgn*) echo $line;; esac; done "
           "< /proc/$$/status; readlink /proc/$$/fd/*; true")


class Stage:
    """A folder with a line, and the processes that stand in it."""

    def __init__(self, program):
        self.program = str(program)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="upkeep-throttle-"))
        self.file = self.folder / "deploys.throttle"
        self.log = self.folder / "log"
        self.log.touch()
        self.started = []

    def start(self, *command, limit=LIMIT, options=(), **how):
        how = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               **how}
        process = subprocess.Popen(
            [self.program, "throttle", "run", "--limit", str(limit), "--name", "deploys",
             "--folder", str(self.folder), *options, "--", *map(str, command)], **how)
        self.started.append(process)
        return process

    def start_recording(self, name, **how):
        return self.start(sys.executable, "-c", RECORDING, self.log, name, **how)

    def start_waiting(self, name, **how):
        """Returns when it stands in line."""
        process = self.start_recording(name, **how)
        read_until(process.stderr, b"place ")
        return process

    def start_on_terminal(self, *command):
        """As the first process of a session, with a terminal, whose other end is ours."""
        ours, theirs = pty.openpty()

        def own_terminal():
            os.setsid()
            os.close(os.open(os.ttyname(theirs), os.O_RDWR))  # becomes the controlling one

        process = self.start(*command, stdin=theirs, stdout=theirs, stderr=theirs,
                             preexec_fn=own_terminal)
        os.close(theirs)
        return process, os.fdopen(ours, "r+b", buffering=0)

    def records(self):
        return self.log.read_text().split()

    def close(self):
        for process in self.started:
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()
            process.kill()
            process.wait()
        shutil.rmtree(self.folder)


def within(condition, what):
    """Waits for it; polls, because what it is about has no descriptor to wait for."""
    end = time.monotonic() + LONGEST
    never = select.poll()
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {LONGEST} s: {what}")
        never.poll(10)


def read_until(stream, mark):
    """What comes until the mark does, and perhaps some more."""
    text = b""
    end = time.monotonic() + LONGEST
    while mark not in text:
        if not select.select([stream], [], [], max(0, end - time.monotonic()))[0]:
            raise TimeoutError(f"not within {LONGEST} s: {mark}, only {text}")
        piece = os.read(stream.fileno(), 4096)
        if not piece:
            raise EOFError(f"ends without {mark}: {text}")
        text += piece
    return text


def ended(process):
    """Its exit status, and what it said."""
    stdout, stderr = process.communicate(timeout=LONGEST)
    return process.returncode, stdout.decode(), stderr.decode()


def children(process):
    path = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in path.read_text().split()]


def over_the_cap(records):
    """What of the commands' own records shows more than the limit at once."""
    running = set()
    for record in records:
        if record[0] == "+":
            running.add(record[1:])
        else:
            running.remove(record[1:])
        if len(running) > LIMIT:
            yield f"at once: {sorted(running)}"
