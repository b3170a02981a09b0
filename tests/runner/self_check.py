"""The runner tests itself before anything else: what it must refuse, what it must notice."""

import copy
import subprocess

from . import concourse_yaml
from .case_file import canaries, parse
from .one_case import _file_differences, _holds, _protocol_of_check, fill
from .patterns import Pattern, Wrong, differences, text_differences
from .process import Held
from .standin import request_differences

GOOD = """
name: good
run: check
source: {kind: stemcell}
expect: {answer: []}
"""

REFUSED = {
    "an unknown key": GOOD + "nam: x\n",
    "an unknown key of a step": "name: x\nsteps: [{run: check, sorce: {}, expect: {answer: []}}]",
    "an unknown expectation": GOOD.replace("answer: []", "answer: [], stdotu: x"),
    "an unknown form of text": GOOD.replace("answer: []", "stdout: {contain: x}"),
    "an empty text to look for": GOOD.replace("answer: []", "stdout: {contains: ''}"),
    "a success without answer": GOOD.replace("answer: []", "exit: 0"),
    "a failure without message": GOOD.replace("answer: []", "exit: 1"),
    "a program that is none": GOOD.replace("run: check", "run: chekc"),
    "no name": GOOD.replace("name: good", "about: x"),
    "a key given twice": GOOD + "name: again\n",
    "a tag that is none": GOOD.replace("[]", "!nay x"),
    "variants that are none": GOOD + "variants: []\n",
    "a range without end": GOOD + "matrix: [{var: at, from: 0, step: 1, too: 2}]\n",
    "a secret too short": GOOD + "secrets: [abc]\n",
    "content of no form": GOOD + "files: {a: {texd: x}}\n",
    "a regex that is none": GOOD.replace("answer: []", "stdout: {matches: '('}"),
    "a request and a source": GOOD + "request: x\n",
    "an expected request with an unknown key":
        GOOD.replace("answer: []", "answer: [], requests: [{paht: /}]"),
}

ARRIVAL = {"event": "request", "server": "a", "method": "GET", "target": "/x?all=1", "sni": "",
           "headers": [["Accept", "*/*"]], "connection": 1, "reply": 0}


def _noticed():
    """Pairs of a name and whether a difference was noticed; all must be."""
    yield "true is not 1", differences({"a": 1}, {"a": True})
    yield "text is not number", differences("1", 1)
    yield "a missing key", differences({"a": "x"}, {})
    yield "a key too many", differences({}, {"a": "x"})
    yield "a shorter list", differences([1, 2], [1])
    yield "a pattern matches the whole text", differences(Pattern("matches", "a"), "ab")
    yield "a list without the item", differences(Pattern("contains", [{"a": 1}]), [{"a": 2}])
    yield "a member that should be absent", differences(
        Pattern("has", {"a": Pattern("absent", None)}), {"a": 1})
    yield "text that differs", text_differences("a\n", "a", "stdout")
    yield "text that lacks", text_differences({"contains": "b"}, "a", "stdout")
    yield "text that must not be", text_differences({"lacks": ["a"]}, "a", "stdout")
    yield "two JSON values", text_differences({"json": {}}, "{}{}", "stdout")
    yield "a JSON key twice", text_differences({"json": {"a": 1}}, '{"a":1,"a":1}', "stdout")
    yield "a file too many", _file_differences({}, {"a": (0o644, b"")})
    yield "a file too few", _file_differences({"a": Pattern("any", None)}, {})
    yield "a file below another folder", _file_differences({"*": Pattern("any", None)},
                                                           {"a/b": (0o644, b"")})
    yield "a number in a version", _protocol_of_check([{"count": 1}])
    yield "an empty version", _protocol_of_check([{}])
    yield "a request too many", request_differences([], [ARRIVAL])
    yield "a request too few", request_differences([{"path": "/x"}], [])
    yield "another query", request_differences([{"path": "/x", "query": "all=2"}], [ARRIVAL])
    yield "a header that should be absent", request_differences(
        [{"path": "/x", "headers": {"accept": Pattern("absent", None)}}], [ARRIVAL])
    yield "a request without reply", request_differences(None, [{**ARRIVAL, "reply": None}])
    for text in (b"say hunter22 loud", b"hunter22", b"dXNlcjpodW50ZXIyMg=="):
        yield f"a secret in {text!r}", _holds(text, "hunter22")
    yield "a process that was started", _started("read line <&0 & :")
    yield "a process that was started and has ended", _started("/bin/true")
    yield "a password in a source", canaries({"source": {"a": [{"password": "hunter22"}]}})
    yield "a password in a URL", canaries({"source": {"url": "http://me:hunter22@host/"}})


def _started(script):
    """What is seen of a shell that runs this script and then waits."""
    shell = subprocess.Popen(["/bin/sh", "-c", script + "; echo ready; read line"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with shell:
        shell.stdout.readline()
        return Held(shell.pid).started


def _passed():
    """Pairs of a name and differences that must not be."""
    yield "equal values", differences({"a": [1, "x", None]}, {"a": [1, "x", None]})
    yield "no process that was started", _started(":")
    yield "a subset", differences(Pattern("has", {"a": 1}), {"a": 1, "b": 2})
    yield "the expected request", request_differences(
        [{"path": "/x", "query": "all=1", "headers": {"Accept": "*/*"}}], [ARRIVAL])
    yield "the expected file", _file_differences({"a/**": {"contains": "x"}},
                                                 {"a/b/c": (0o644, b"x")})


def check():
    """What is wrong with the runner, as lines."""
    wrong = []
    for name, text in REFUSED.items():
        try:
            parse(text, "self-check")
            wrong.append(f"the runner accepted {name}")
        except Wrong:
            pass
    wrong += [f"the runner did not notice: {name}" for name, lines in _noticed() if not lines]
    wrong += [f"the runner complained of {name}: {lines}" for name, lines in _passed() if lines]
    variants = "variants: [{name: one}, {name: two, source: {kind: null, a: yes}}]\n"
    cases = parse(GOOD + variants, "f")
    names = [case.name for case in cases]
    matrix = "matrix: [[{name: one, source: {a: b}}], {var: at, from: 0, to: 2, step: 2}]\n"
    crossed = [case.name for case in parse(GOOD + matrix + variants, "f")]
    wrong += differences([f"f: good: one: at {at}: {last}" for at in (0, 2)
                          for last in ("one", "two")], crossed, "matrix")
    wrong += differences(["f: good: one", "f: good: two"], names, "variants")
    wrong += differences({"a": True}, cases[1].steps[0]["source"], "variants")
    wrong += differences({"a": "x-1", "b": [2]}, fill({"a": "x-((n))", "b": "((l))"},
                                                      {"n": 1, "l": [2]}), "filled")
    written = concourse_yaml.read("{n: 40, d: 2026-11-23, t: 12:30:45, a: yes}")
    seen = concourse_yaml.as_json(written)
    expected = '{"a": true, "d": "2026-11-23", "false": 40, "t": "12:30:45"}'
    return wrong + differences(expected, seen, "Concourse's YAML") + _copies(cases)


def _copies(cases):
    """Variants must not share what they could change."""
    before = copy.deepcopy(cases[0].body)
    cases[1].steps[0]["source"]["kind"] = "other"
    return differences(before, cases[0].body, "a variant's neighbour")
