"""Reads a case file into cases: every key is known, or the file is refused. See tests/README.md."""

import base64
import copy
import itertools
import json
import os
import pathlib
import re

import yaml

from . import concourse_yaml
from .patterns import Pattern, Wrong, check_text_form, parse_one

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
TEST_DATA = pathlib.Path(os.environ.get("UPKEEP_TEST_DATA", REPOSITORY.parent / "shared" / "data"))

STEP_KEYS = {"run", "source", "version", "params", "request", "stdin", "stdin_stays_open",
             "environment", "terminal", "stdout_to", "stderr_to", "stop", "expect"}
CASE_KEYS = STEP_KEYS | {"name", "about", "vars", "servers", "files", "secrets", "steps", "waits",
                         "on_host"}
FILE_KEYS = CASE_KEYS | {"variants", "matrix"}
EXPECT_KEYS = {"exit", "stdout", "answer", "stderr", "files", "requests"}
REQUEST_KEYS = {"server", "method", "path", "query", "headers", "times", "sni", "body"}
CONTENT_KEYS = {"text", "base64", "json", "file", "data", "repeated", "parts", "folder", "link"}
PROGRAMS = ("check", "in", "out")
SECRET_NAME = re.compile(r"(secret|password|passphrase|token|private_key|secret_access_key)$")


class Skipped(Exception):
    """The case needs what is not here."""


class CaseLoader(concourse_yaml.ConcourseLoader):
    """YAML of a case file: as Concourse reads it, with patterns as tags."""


def _pattern(loader, suffix, node):
    if suffix not in ("any", "matches", "contains", "has", "absent"):
        raise yaml.constructor.ConstructorError(None, None, f"unknown tag !{suffix}",
                                                node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return Pattern(suffix, loader.construct_mapping(node, deep=True))
    if isinstance(node, yaml.SequenceNode):
        return Pattern(suffix, loader.construct_sequence(node, deep=True))
    return Pattern(suffix, node.value or None)


CaseLoader.add_multi_constructor("!", _pattern)


class Case:
    def __init__(self, name, body, file):
        self.name = name
        self.body = body
        self.file = file
        self.steps = body["steps"]
        self.waits = body.get("waits", False)  # most of the time
        self.on_host = body.get("on_host", False)  # it needs commands that no image has


def _refuse_unknown(value, known, place):
    if not isinstance(value, dict):
        raise Wrong(f"{place}: must be a map")
    unknown = [str(key) for key in value if key not in known]
    if unknown:
        raise Wrong(f"{place}: unknown: {', '.join(sorted(unknown))}")


def is_resource(run):
    """check, in, out; as `upkeep check` too."""
    return run in PROGRAMS or (isinstance(run, list) and run[:1] and run[0] in PROGRAMS)


def _check_expectation(step, place):
    expect = step.get("expect")
    if expect is None:
        raise Wrong(f"{place}.expect: is missing")
    _refuse_unknown(expect, EXPECT_KEYS, place + ".expect")
    code = expect.setdefault("exit", 0)
    if not isinstance(code, int) or isinstance(code, bool):
        raise Wrong(f"{place}.expect.exit: must be a number")
    failed = code != 0 if is_resource(step["run"]) else code not in (0, 1)
    if failed:
        expect.setdefault("stdout", "")
    elif not {"stdout", "answer"} & set(expect) and "stdout_to" not in step:
        raise Wrong(f"{place}.expect: must say what stdout or the answer is")
    if failed and "stderr" not in expect and "stderr_to" not in step:
        raise Wrong(f"{place}.expect: must say what stderr tells of the failure")
    for key in ("stdout", "stderr"):
        if key in expect:
            check_text_form(expect[key], f"{place}.expect.{key}")
    for path, form in expect.setdefault("files", {}).items():
        check_text_form(form, f"{place}.expect.files.{path}")
    for index, request in enumerate(expect.get("requests", [])):
        _refuse_unknown(request, REQUEST_KEYS, f"{place}.expect.requests[{index}]")


def _check_step(step, place):
    _refuse_unknown(step, STEP_KEYS, place)
    run = step.get("run")
    if run not in PROGRAMS and not (isinstance(run, list) and all(isinstance(a, str) for a in run)):
        raise Wrong(f"{place}.run: must be check, in, out or a list of texts")
    if "request" in step and {"source", "version", "params", "stdin"} & set(step):
        raise Wrong(f"{place}: request is all of stdin: neither source, version, params nor stdin")
    if "source" in step and "stdin" in step:
        raise Wrong(f"{place}: source goes to stdin: there cannot be another")
    for key in ("request", "stdin"):
        if key in step:
            check_content(step[key], f"{place}.{key}")
    if "stop" in step:
        _refuse_unknown(step["stop"], {"signal", "when"}, place + ".stop")
        _refuse_unknown(step["stop"]["when"], {"requests", "stdin", "stderr"}, place + ".stop.when")
    _check_expectation(step, place)


def check_content(content, place):
    if isinstance(content, str):
        return
    _refuse_unknown(content, CONTENT_KEYS, place)
    if len(content) != 1:
        raise Wrong(f"{place}: must be a text, or one of {', '.join(sorted(CONTENT_KEYS))}")
    for index, part in enumerate(content.get("parts", [])):
        check_content(part, f"{place}.parts[{index}]")
    if "repeated" in content:
        _refuse_unknown(content["repeated"], {"text", "times", "number"}, place + ".repeated")


def _repeated(text, times, number=None):
    """The text so often; where it holds the text `number`, that becomes 1, 2, 3, ..."""
    if number is None:
        return text.encode() * times
    return "".join(text.replace(number, str(count)) for count in range(1, times + 1)).encode()


def bytes_of(content):
    """The bytes of a file, of a request or of stdin. Throws Skipped where test data are absent."""
    if isinstance(content, str):
        return content.encode()
    (form, value), = content.items()
    if form == "text":
        return value.encode()
    if form == "base64":
        return base64.b64decode(value)
    if form == "json":
        return json.dumps(value).encode()
    if form == "file":
        return (REPOSITORY / value).read_bytes()
    if form == "repeated":
        return _repeated(**value)
    if form == "parts":
        return b"".join(bytes_of(part) for part in value)
    if not (TEST_DATA / value).exists():
        raise Skipped(f"no test data: {TEST_DATA / value}")
    return (TEST_DATA / value).read_bytes()


def _merged(base, change):
    """A variant over its case: maps are merged, everything else replaces; null removes a key."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return copy.deepcopy(change)
    result = copy.deepcopy(base)
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merged(result.get(key), value)
    return result


def _case(body, name, file):
    place = name
    _refuse_unknown(body, CASE_KEYS, place)
    if "steps" in body:
        both = (STEP_KEYS - {"environment"}) & set(body)
        if both:
            raise Wrong(f"{place}: with steps, these belong into a step: {', '.join(sorted(both))}")
    else:
        body["steps"] = [{key: body.pop(key) for key in list(body)
                          if key in STEP_KEYS and key != "environment"}]
    for path, content in body.get("files", {}).items():
        check_content(content, f"{place}.files.{path}")
    for index, step in enumerate(body["steps"]):
        _check_step(step, f"{place}.steps[{index}]")
    for index, secret in enumerate(body.get("secrets", [])):
        if not isinstance(secret, str) or len(secret) < 6:
            raise Wrong(f"{place}.secrets[{index}]: must be a text of at least 6 characters, "
                        "or finding it would mean nothing")
    return Case(name, body, file)


def _example_of(body, key, default):
    value = body.get(key, default)
    if not isinstance(value, type(default)):
        raise Wrong(f"{key}: must be a {type(default).__name__}")
    return value


def parse(text, file):
    """The cases of one file: one, or one for each of its variants."""
    try:
        body = yaml.load(text, CaseLoader)
    except yaml.YAMLError as error:
        raise Wrong(f"not YAML: {error}") from error
    _refuse_unknown(body, FILE_KEYS, file)
    axes = [_axis(axis) for axis in _example_of(body, "matrix", [])]
    axes += [_axis(body["variants"])] if "variants" in body else []
    body.pop("variants", None)
    body.pop("matrix", None)
    name = _example_of(body, "name", "")
    if not name:
        raise Wrong("name: is missing")
    cases = []
    for chosen in itertools.product(*axes):
        whole = copy.deepcopy(body)
        for variant in chosen:
            whole = _merged(whole, variant)
        names = [file, name] + [str(variant["name"]) for variant in chosen]
        cases.append(_case(whole, ": ".join(names), file))
    return cases


def _axis(axis):
    """The variants of one dimension: a list, a file that holds one, or a range of numbers."""
    if isinstance(axis, str):
        axis = yaml.load((REPOSITORY / axis).read_text(), CaseLoader)
    if isinstance(axis, dict):
        _refuse_unknown(axis, {"var", "from", "to", "step"}, "matrix")
        return [{"name": f"{axis['var']} {number}", "vars": {axis["var"]: str(number)}}
                for number in range(axis["from"], axis["to"] + 1, axis["step"])]
    if not isinstance(axis, list) or not axis:
        raise Wrong("variants: must be a list, not empty")
    for variant in axis:
        if not isinstance(variant, dict) or not variant.get("name"):
            raise Wrong("variants: each needs a name")
    return axis


def canaries(step):
    """The texts in a step that must be seen nowhere: every value whose name is a secret's."""
    found = []

    def walk(value, key=""):
        if isinstance(value, dict):
            for name, item in value.items():
                walk(item, str(name).lower())
        elif isinstance(value, list):
            for item in value:
                walk(item, key)
        elif SECRET_NAME.search(key) and not isinstance(value, (bool, type(None), Pattern)):
            found.append(str(value))
        elif isinstance(value, str):
            found.extend(re.findall(r"://[^/@\s:]*:([^/@\s]+)@", value))

    for key in ("source", "params", "environment", "run", "servers"):
        walk(step.get(key, {}))
    if isinstance(step.get("request"), str):
        try:
            walk(parse_one(step["request"]))
        except ValueError:
            pass  # no JSON: that is what the case is about
    return [text for text in found if len(text) >= 6]
