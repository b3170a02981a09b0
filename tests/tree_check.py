#!/usr/bin/python3
"""Reads the tree and enforces what reviews would otherwise have to: floors, banned calls, lengths,
dead files. Each rule is one test, and is first proved on a small bad example of its own.

    tests/tree_check.py [--root FOLDER] [--rule TEXT]
"""

import argparse
import pathlib
import sys

from tree import calls, dead, floors, size, texts
from tree.source import Tree

RULES = floors.RULES + calls.RULES + size.RULES + dead.RULES + texts.RULES


def proof(rule):
    """What is wrong with the rule itself: it must notice each bad example, no good one."""
    wrong = [f"{rule.name}: does not notice its bad example {example}" for example in rule.bad
             if not list(rule.check(Tree(example, rule.executable)))]
    return wrong + [f"{rule.name}: complains of its good example: {finding}"
                    for finding in rule.check(Tree(rule.good, rule.executable))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[1])
    parser.add_argument("--rule", default="", help="only rules whose name contains this text")
    options = parser.parse_args()
    tree = Tree.read(options.root)
    rules = [rule for rule in RULES if options.rule in rule.name]
    failed = 0
    for rule in rules:
        wrong = proof(rule) or [f"{finding.path}:{finding.line}: {rule.name}: {finding.what}"
                                for finding in rule.check(tree)]
        failed += bool(wrong)
        for line in wrong:
            print(line)
    print(f"{len(rules) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not rules else 0


if __name__ == "__main__":
    sys.exit(main())
