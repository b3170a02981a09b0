"""Runs one case, step by step, and says what differs from what it expects."""

import base64
import copy
import datetime
import json
import re
import signal
import urllib.parse

from . import concourse_yaml
from .case_file import PROGRAMS, TEST_DATA, Skipped, bytes_of, canaries
from .patterns import (Pattern, Wrong, differences, parse_one, text_differences)
from .place import Place
from .process import Run
from .standin import Standin, request_differences, shown

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PLACEHOLDER = re.compile(r"\(\(([A-Za-z0-9_.\-]+)\)\)")
MOST_SHOWN = 4000


class Outcome:
    def __init__(self, name, state, text=""):
        self.name = name
        self.state = state  # passed, failed, skipped
        self.text = text


def today():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")


def fill(value, known, later=()):
    """Replaces ((name)) in every text. A text that is nothing but the name of a map or list
    becomes it; everything else is filled in as text, as Concourse does."""
    if isinstance(value, dict):
        return {key: fill(item, known, later) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, known, later) for item in value]
    if isinstance(value, Pattern):
        return Pattern(value.name, fill(value.argument, known, later))
    if not isinstance(value, str):
        return value
    whole = PLACEHOLDER.fullmatch(value)
    if whole and isinstance(known.get(whole[1]), (dict, list)):
        return copy.deepcopy(known[whole[1]])

    def text_of(match):
        name = match[1]
        if name in known:
            found = known[name]
            return found if isinstance(found, str) else concourse_yaml.as_json(found)
        if name.split(".")[0] in later:
            return match[0]
        raise Wrong(f"(({name})) is not known; there are: {', '.join(sorted(known))}")

    return PLACEHOLDER.sub(text_of, value)


def _worth(value):
    """A variable is a text, a map or a list; what is too long to be written is {repeated: ...}."""
    if isinstance(value, dict) and set(value) == {"repeated"}:
        return bytes_of(value).decode()
    return value


class CaseRun:
    def __init__(self, case, program, standin_program, seconds):
        self._case = case
        self._program = program = program.on_host() if case.on_host else program
        self._standin_program = standin_program
        self._seconds = seconds
        self._canaries = list(case.body.get("secrets", []))
        self._known = {"today": today(), "data": str(TEST_DATA)}
        self._known.update((name, _worth(value))
                           for name, value in case.body.get("vars", {}).items())
        self._place = Place(program)
        self._canaries += canaries(case.body)
        self._known.update(folder=self._place.inside + "/files", get=self._place.inside + "/get")
        self._servers = None
        self._arrivals = []

    def run(self):
        """What differs, as lines; none: the case passed."""
        try:
            self._start_servers()
            self._place.lay_out(fill(self._case.body.get("files", {}), self._known))
            for number, step in enumerate(self._case.steps, 1):
                wrong = self._step(fill(step, self._known))
                if wrong:
                    which = [f"step {number}:"] if len(self._case.steps) > 1 else []
                    return which + wrong
            return []
        finally:
            problem = self._servers.stop() if self._servers else ""
            if problem:
                raise Wrong("the stand-in failed: " + problem)

    def kept(self):
        return self._place.kept()

    def remove(self):
        self._place.remove()

    def _start_servers(self):
        servers = self._case.body.get("servers", {})
        if not servers:
            return
        filled = fill(servers, self._known, later=servers)
        self._servers = Standin(self._standin_program, filled, self._place.standin)
        self._known.update(self._servers.vars())
        for name in ("ca", "other_ca", "expired_ca"):
            pem = (self._place.standin / f"{name}.pem").read_text()
            (self._place.outside / "ca" / f"{name}.pem").write_text(pem)
            self._known[name] = pem
            self._known[name + "_file"] = f"{self._place.inside}/ca/{name}.pem"

    def _step(self, step):
        self._canaries += canaries(step)
        before = self._place.snapshot()
        self._arrivals = []
        result = self._start(step).wait()
        self._collect()
        written = self._written(before, step)
        wrong = self._judge(step, result, written)
        if not wrong:
            self._remember(step, result)
            return []
        return wrong + self._account(step, result)

    def _start(self, step):
        run = step["run"]
        is_resource = run in PROGRAMS
        command = [self._program.path(run)]
        if run in ("in", "out"):
            command.append(self._known["get"])
        elif not is_resource:
            command += run
        stop = step.get("stop")
        return Run(
            command, "/" if is_resource else self._known["folder"], self._environment(step),
            self._stdin(step), self._seconds, root=self._place.root,
            columns=step.get("terminal"), stdout_to=step.get("stdout_to"),
            stderr_to=step.get("stderr_to"), stdin_stays_open=step.get("stdin_stays_open", False),
            stop=(signal.Signals["SIG" + stop["signal"]], self._condition(stop["when"]))
            if stop else None)

    def _environment(self, step):
        environment = {"HOME": "/", "PATH": PATH}
        if self._program.sanitized:
            environment["ASAN_OPTIONS"] = "exitcode=99:allocator_may_return_null=1"
            environment["UBSAN_OPTIONS"] = "exitcode=99"
        environment.update(fill(self._case.body.get("environment", {}), self._known))
        environment.update(step.get("environment", {}))
        return environment

    def _stdin(self, step):
        if "request" in step:
            return bytes_of(step["request"])
        if "stdin" in step:
            return bytes_of(step["stdin"])
        if not {"source", "version", "params"} & set(step):
            return b""
        request = {key: step[key] for key in ("source", "version", "params") if step.get(key)}
        return concourse_yaml.as_json(request).encode() + b"\n"

    def _condition(self, when):
        def is_time(run):
            if "requests" in when:
                self._collect()
                return len(self._requests()) >= when["requests"]
            if "stderr" in when:
                return when["stderr"] in run.stderr_so_far()
            return run.stdin_was_read()
        return is_time

    def _collect(self):
        if self._servers:
            arrivals = self._servers.arrivals()
            self._canaries += [a["value"] for a in arrivals if a["event"] == "secret"]
            self._arrivals += [a for a in arrivals if a["event"] != "secret"]

    def _requests(self):
        return [arrival for arrival in self._arrivals if arrival["event"] == "request"]

    def _written(self, before, step):
        """Files that are new or changed, by their path below the folder that the step writes to."""
        prefix = self._place.prefix(step["run"])
        found = {}
        for path, what in self._place.snapshot().items():
            if before.get(path) != what:
                found[path[len(prefix):] if path.startswith(prefix) else path] = what
        return found

    def _judge(self, step, result, written):
        expect = step["expect"]
        if result.problem:
            return [result.problem]
        wrong = []
        if result.exit != expect["exit"]:
            wrong.append(f"exit: expected {expect['exit']}, was {result.exit}")
        stdout = _text(result.stdout, "stdout", wrong)
        stderr = _text(result.stderr, "stderr", wrong)
        if "stdout" in expect:
            wrong += text_differences(expect["stdout"], stdout, "stdout")
        if "answer" in expect:
            wrong += self._answer(step, stdout)
        if "stderr" in expect:
            wrong += text_differences(expect["stderr"], stderr, "stderr")
        wrong += _file_differences(expect["files"], written)
        wrong += request_differences(expect.get("requests"), self._arrivals)
        return wrong + self._always(step, result, written, stdout + stderr)

    def _answer(self, step, stdout):
        try:
            answer = parse_one(stdout)
        except ValueError as error:
            return [f"answer: stdout is not one JSON value: {error}"]
        wrong = differences(step["expect"]["answer"], answer)
        if step["run"] == "check":
            wrong += _protocol_of_check(answer)
        elif step["run"] in ("in", "out"):
            wrong += _protocol_of_get(answer)
        return wrong

    def _always(self, step, result, written, printed):
        """What holds for every case, whatever it is about."""
        wrong = []
        if not step.get("terminal") and b"\x1b" in result.stdout + result.stderr:
            wrong.append("an escape character was printed, though not to a terminal")
        for mark in ("AddressSanitizer", "runtime error:", "LeakSanitizer", "terminate called"):
            if mark in printed:
                wrong.append(f"stderr: {mark}")
        everything = {"stdout": result.stdout, "stderr": result.stderr}
        if result.held:
            wrong += [f"it started a process: {child}" for child in result.held.started]
            everything["its command line"] = result.held.command_line
        everything.update({path: content for path, (_, content) in written.items()})
        wrong += [f"{place}: holds the secret {secret!r}" for place, content in everything.items()
                  for secret in self._canaries if _holds(content, secret)]
        return wrong + [f"{path}: mode {mode:o}: not everybody can read it"
                        for path, (mode, _) in written.items() if mode & 0o444 != 0o444]

    def _remember(self, step, result):
        """What a later step can use: ((latest)), the last version that check printed."""
        if step["run"] == "check" and "answer" in step["expect"]:
            versions = parse_one(result.stdout.decode())
            if versions:
                self._known["latest"] = versions[-1]

    def _account(self, step, result):
        shown_result = [f"exit {result.exit}", "stdout: " + _shortened(result.stdout),
                        "stderr: " + _shortened(result.stderr)]
        if self._arrivals:
            shown_result.append("arrived: " + "; ".join(map(shown, self._arrivals)))
        return [f"-- {json.dumps(step['run'])}"] + shown_result


def _text(data, place, wrong):
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        wrong.append(f"{place}: is not UTF-8: {error}")
        return data.decode("utf-8", "replace")


def _shortened(data):
    text = data.decode("utf-8", "backslashreplace")
    if len(text) > MOST_SHOWN:
        text = text[:MOST_SHOWN] + f"... ({len(text)} characters)"
    return text.rstrip("\n") or "(nothing)"


def _holds(content, secret):
    bare = secret.encode()
    forms = {bare, urllib.parse.quote(secret, safe="").encode(), json.dumps(secret)[1:-1].encode()}
    for before in range(3):  # in the middle of something that was coded as base64
        coded = base64.b64encode(b"\0" * before + bare)
        forms.add(coded[(0, 2, 3)[before]:len(coded) - 4])
    return any(form in content for form in forms if len(form) >= 6)


def _file_differences(expected, written):
    wrong = []
    left = dict(written)
    globs = {path: form for path, form in expected.items() if "*" in path}
    for path, form in expected.items():
        if path in globs:
            continue
        if path not in left:
            wrong.append(f"{path}: was not written")
            continue
        _, content = left.pop(path)
        wrong += text_differences(form, content.decode("utf-8", "replace"), path)
    for path, (_, content) in left.items():
        forms = [form for glob, form in globs.items() if _glob_fits(glob, path)]
        if not forms:
            wrong.append(f"{path}: was written, which was not expected")
        for form in forms:
            wrong += text_differences(form, content.decode("utf-8", "replace"), path)
    return wrong


def _glob_fits(glob, path):
    pattern = re.escape(glob).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.fullmatch(pattern, path) is not None


def _protocol_of_check(answer):
    """What Concourse wants of check: a list of flat, not empty maps of texts."""
    if not isinstance(answer, list):
        return ["answer: Concourse wants a list of versions"]
    return [f"answer[{index}]: Concourse wants a map of texts, not empty"
            for index, version in enumerate(answer)
            if not isinstance(version, dict) or not version
            or not all(isinstance(value, str) for value in version.values())]


def _protocol_of_get(answer):
    if not isinstance(answer, dict) or not isinstance(answer.get("version"), dict):
        return ["answer: Concourse wants {version, metadata}"]
    wrong = [] if answer["version"] else ["answer.version: is empty, and nothing would be saved"]
    for index, pair in enumerate(answer.get("metadata", [])):
        texts = isinstance(pair, dict) and set(pair) == {"name", "value"}
        if not texts or not all(isinstance(value, str) for value in pair.values()):
            wrong.append(f"answer.metadata[{index}]: Concourse wants two texts, name and value")
    return wrong


def run_case(case, program, standin_program, seconds, keep=False):
    """Runs it, once more if midnight (UTC) came in between."""
    while True:
        day = today()
        outcome = _run_once(case, program, standin_program, seconds, keep)
        if outcome.state != "failed" or day == today():
            return outcome


def _run_once(case, program, standin_program, seconds, keep):
    run = None
    try:
        run = CaseRun(case, program, standin_program, seconds)
        wrong = run.run()
    except Skipped as reason:
        return Outcome(case.name, "skipped", str(reason))
    except Wrong as error:
        wrong = [f"the case is not well formed: {error}"]
    finally:
        if run and not keep:
            run.remove()
    if keep and run:
        wrong = wrong and wrong + [f"its folder: {run.kept()}"]
    return Outcome(case.name, "failed" if wrong else "passed", "\n".join(wrong))
