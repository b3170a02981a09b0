"""Chromium without a window, driven over a pipe: it needs no driver program and no open port."""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe", "about:blank",
]
SECONDS = 60  # for the answer to one command


def program():
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Chromium:
    """One browser with one page; events are kept until they are asked for."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="upkeep-browser-")
        commands_in, self.commands = os.pipe()
        self.answers, answers_out = os.pipe()
        inherited = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (commands_in, answers_out)]

        def as_three_and_four():
            os.setsid()
            os.dup2(inherited[0], 3)
            os.dup2(inherited[1], 4)

        self.process = subprocess.Popen(
            [program(), f"--user-data-dir={self.folder}"] + SWITCHES, close_fds=False,
            preexec_fn=as_three_and_four, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for fd in inherited + [commands_in, answers_out]:
            os.close(fd)
        self.buffer = b""
        self.number = 0
        self.events = []
        self.session = None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.send(domain + ".enable")

    def close(self):
        os.close(self.commands)
        os.close(self.answers)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _message(self, until):
        while b"\0" not in self.buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise TimeoutError("chromium does not answer")
            more = os.read(self.answers, 1 << 16)
            if not more:
                raise EOFError("chromium ended")
            self.buffer += more
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def send(self, method, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        until = time.monotonic() + SECONDS
        while True:
            message = self._message(until)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def wait_for(self, method):
        until = time.monotonic() + SECONDS
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._message(until))

    def taken_events(self, method):
        return [event["params"] for event in self.events if event.get("method") == method]

    def open(self, url):
        self.events = []
        self.send("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def run(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]["exception"]
            raise RuntimeError(details.get("description", expression))
        return answer["result"].get("value")

    def look_as(self, width, scheme="light", media=""):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=800,
                  deviceScaleFactor=1, mobile=width < 600)
        self.send("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def press(self, key):
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}))
