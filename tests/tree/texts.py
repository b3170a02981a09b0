"""What no file holds: marks of unfinished work, paths of one machine, stray blanks; and scripts."""

import re

from .source import Finding, Rule, matches

# Put together here, so that this file does not hold them.
MARKS = r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"
OF_ONE_MACHINE = r"(?<![\w.~-])/(?:(?:work|home|Users)" + r"/\w|root/\.)[\w./-]*"

STOPS_AT_A_FAILURE = r"^set -euo pipefail$|^(?:source|\.) \S.*lib\.sh\"?$"


def check_marks(tree):
    for path in tree.written_by_hand():
        for line, match in matches(MARKS, tree.texts[path]):
            yield Finding(path, line, f"{match[0]}: finish it, or write an issue")


def check_paths(tree):
    for path in sorted(tree.texts):
        for line, match in matches(OF_ONE_MACHINE, tree.texts[path]):
            yield Finding(path, line, f"{match[0]}: a path of one machine: make it relative")


def check_blanks(tree):
    for path in tree.written_by_hand():
        text = tree.texts[path]
        for line, match in matches(r"\t|[ \r]+$", text):
            what = "a tab" if match[0] == "\t" else "blanks at the end of the line"
            yield Finding(path, line, f"{what}: remove or use spaces")
        if text and not text.endswith("\n"):
            yield Finding(path, text.count("\n") + 1, "no line feed at the end: add one")


def check_scripts(tree):
    for path in tree.written_by_hand():
        text = tree.texts[path]
        if tree.is_script(path) != (path in tree.executable):
            advice = "chmod +x it" if tree.is_script(path) else "chmod -x it, or begin it with #!"
            yield Finding(path, 1, f"{advice}: what begins with #! can be run, and nothing else")
        shell = re.match(r"#!\s*\S*(?:/|env )(?:bash|sh)\b", text) or path.endswith(".sh")
        hands_over = re.fullmatch(r"#!.*\n(?:#.*\n)*exec .*\n", text)
        if shell and not hands_over and not re.search(STOPS_AT_A_FAILURE, text, re.MULTILINE):
            yield Finding(path, 2, "goes on after a failure: begin with `set -euo pipefail`")


RULES = [
    Rule("no marks of unfinished work", check_marks, bad=[{"README.md": "x\n// TO" + "DO: x\n"}],
         good={"README.md": "toDos hackney\n", "tests/data/a": "TO" + "DO\n"}),
    Rule("no path of one machine", check_paths, bad=[{"ci/a": "cp /home" + "/me/x y\n"}],
         good={"ci/a": "cp build/work/x /tmp/home/y\n"}),
    Rule("no stray blanks", check_blanks,
         bad=[{"ci/a": "x \n"}, {"ci/a": "\tx\n"}, {"ci/a": "x"}, {"ci/a": "x\r\n"}],
         good={"ci/a": "x y\n", "ci/empty": "", "tests/data/a": "\tx \n"}),
    Rule("scripts stop at a failure", check_scripts, executable=("ci/a", "ci/run"),
         bad=[{"ci/a": "#!/bin/bash\n"}, {"ci/b": "#!/usr/bin/python3\n"}, {"ci/a": "x\n"},
              {"ci/c.sh": "x\n"}, {"ci/a": "#!/bin/bash\na\nexec ci/b\n"}],
         good={"ci/a": "#!/usr/bin/env bash\nset -euo pipefail\n", "ci/b": "x\n",
               "ci/run": "#!/bin/bash\nexec ci/test\n"}),
]
