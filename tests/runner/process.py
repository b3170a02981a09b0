"""Runs one program: its stdin, where stdout and stderr go, when it is stopped, and for how long."""

import array
import errno
import fcntl
import os
import pathlib
import pty
import selectors
import signal
import struct
import subprocess
import termios
import time

TICK_SECONDS = 0.02
MOST_OUTPUT = 64 << 20
STOPS_IN = 1 / 30  # of the time it has: a second. One that waits would poll on


class Result:
    def __init__(self):
        self.exit = None       # a number, or "signal 9"
        self.stdout = b""
        self.stderr = b""
        self.problem = ""      # "it did not end within 20 s", ...
        self.held = None       # where it is stopped: what the system shows of it before that


class Held:
    """What everybody on the machine may see of a program that runs: its command line, and the
    processes that it has started."""

    def __init__(self, pid):
        place = pathlib.Path("/proc", str(pid))
        self.command_line = (place / "cmdline").read_bytes()
        self.started = []
        for children in place.glob("task/*/children"):
            for child in children.read_text().split():
                words = pathlib.Path("/proc", child, "cmdline").read_bytes().split(b"\0")
                self.started.append(b" ".join(words).decode("utf-8", "replace"))
        # Memory was touched by children that it has waited for (proc(5), cminflt): they are gone.
        after_name = (place / "stat").read_text().rpartition(")")[2].split()
        if after_name[8] != "0":
            self.started.append("one that has ended")


class _Stream:
    """Where stdout or stderr goes: a pipe, a terminal, a device, nowhere, a broken pipe."""

    def __init__(self, target, columns):
        self.read_end = None
        self.closed = target == "closed"
        if columns:
            self.read_end, self.write_end = pty.openpty()
            fcntl.ioctl(self.write_end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            modes = termios.tcgetattr(self.write_end)
            modes[1] &= ~termios.OPOST  # line feeds arrive as they were written
            termios.tcsetattr(self.write_end, termios.TCSANOW, modes)
        elif target is None:
            self.read_end, self.write_end = os.pipe()
        elif target == "broken":
            read_end, self.write_end = os.pipe()
            os.close(read_end)
        else:
            self.write_end = os.open("/dev/null" if self.closed else target, os.O_WRONLY)
        self.data = b""

    def take(self):
        """False at the end."""
        try:
            piece = os.read(self.read_end, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # a terminal whose other side is closed
                raise
            piece = b""
        self.data += piece
        return bool(piece) and len(self.data) <= MOST_OUTPUT

    def close(self):
        if self.read_end is not None:
            os.close(self.read_end)


class Run:
    def __init__(self, command, folder, environment, stdin, seconds, root=None, columns=None,
                 stdout_to=None, stderr_to=None, stop=None, stdin_stays_open=False):
        self._result = Result()
        self._stdin = stdin
        self._stays_open = stdin_stays_open
        self._stop = stop  # (signal, whether it is time: called with this Run), or None
        self._deadline = time.monotonic() + seconds
        self._seconds = seconds
        self._out = _Stream(stdout_to, columns)
        self._err = _Stream(stderr_to, columns)
        self._selector = selectors.DefaultSelector()
        in_read, self._in_write = os.pipe()
        os.set_blocking(self._in_write, False)
        self._start(command, folder, environment, root, in_read)

    def _start(self, command, folder, environment, root, in_read):
        closed = [number for number, stream in ((1, self._out), (2, self._err)) if stream.closed]

        def prepare():  # in the child; the runner has one thread, so this is safe
            os.umask(0o022)
            if root:
                os.chroot(root)
            os.chdir(folder)
            for number in closed:
                os.close(number)

        self._process = subprocess.Popen(
            command, stdin=in_read, stdout=self._out.write_end, stderr=self._err.write_end,
            env=environment, preexec_fn=prepare, start_new_session=True)
        for descriptor in (in_read, self._out.write_end, self._err.write_end):
            os.close(descriptor)

    def stdin_was_read(self):
        """Nothing of what was written to the program's stdin is left in the pipe."""
        if self._stdin or self._in_write is None:
            return False
        unread = array.array("i", [0])
        fcntl.ioctl(self._in_write, termios.FIONREAD, unread)
        return unread[0] == 0

    def stderr_so_far(self):
        return self._err.data.decode("utf-8", "replace")

    def wait(self):
        self._watch()
        while self._process.poll() is None or self._selector.get_map():
            if time.monotonic() > self._deadline:
                self._result.problem = f"it did not end within {self._seconds} s, and was killed"
                break
            if self._stop and self._process.poll() is None and self._stop[1](self):
                self._result.held = Held(self._process.pid)
                self._process.send_signal(self._stop[0])
                self._stop = None
                self._seconds *= STOPS_IN
                self._deadline = time.monotonic() + self._seconds
            if not self._turn() and self._process.poll() is not None and not self._readable():
                break
        self._end()
        return self._result

    def _watch(self):
        for stream in (self._out, self._err):
            if stream.read_end is not None:
                self._selector.register(stream.read_end, selectors.EVENT_READ, stream)
        self._selector.register(self._in_write, selectors.EVENT_WRITE, "stdin")

    def _readable(self):
        return any(key.data != "stdin" for key in self._selector.get_map().values())

    def _turn(self):
        """Moves what can be moved; False when nothing could."""
        if not self._selector.get_map():
            try:
                self._process.wait(TICK_SECONDS)
            except subprocess.TimeoutExpired:
                return False
            return False
        events = self._selector.select(TICK_SECONDS)
        for key, _ in events:
            if key.data == "stdin":
                self._feed()
            elif not key.data.take():
                self._selector.unregister(key.fd)
        return bool(events)

    def _feed(self):
        try:
            self._stdin = self._stdin[os.write(self._in_write, self._stdin[:1 << 16]):]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._stdin = b""
        if not self._stdin:
            self._selector.unregister(self._in_write)
            if not self._stays_open:
                os.close(self._in_write)
                self._in_write = None

    def _end(self):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)  # and whatever it left behind
        except ProcessLookupError:
            pass
        code = self._process.wait()
        self._result.exit = code if code >= 0 else f"signal {-code}"
        self._result.stdout, self._result.stderr = self._out.data, self._err.data
        if self._stop and not self._result.problem:
            self._result.problem = "it ended before it was to be stopped"
        for stream in (self._out, self._err):
            stream.close()
        if self._in_write is not None:
            os.close(self._in_write)
        self._selector.close()
