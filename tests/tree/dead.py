"""No file is dead: sources belong to a target, headers are included, data are used."""

import posixpath
import re

from .floors import INCLUDE, find_included
from .source import Finding, Rule, matches

REFERENCED = ("tests/data/", "tests/cases/data/", "demo/", "docs/")

# CMakeLists.txt takes all that lies below these; what lies in lib/ itself has no target.
BUILT = re.compile(r"(?:lib/[^/]+|resource|cmd|tests)/.*\.cpp$")


def check_sources(tree):
    for path in tree.cpp():
        if path.endswith(".cpp") and not BUILT.match(path):
            yield Finding(path, 1, "no target builds it: move it into a folder that CMakeLists.txt "
                                   "knows, or delete it")


def check_included(tree):
    includers = {}
    for path in tree.cpp():
        for _, match in matches(INCLUDE, tree.code(path)):
            target = find_included(tree, path, match[2]) if match[1] == '"' else None
            if target:
                includers.setdefault(target, set()).add(path)
    for path in tree.cpp():
        stem = path.removesuffix(".h")
        own = {stem + suffix for suffix in (".cpp", "_test.cpp", "_fuzz.cpp")}
        if path.endswith(".h") and not includers.get(path, set()) - own:
            yield Finding(path, 1, "only its own .cpp and test include it: use it or delete it")


def _is_named(tree, path):
    """Some other file names it: by its file name, or by a folder below the top that it
    lies in."""
    top = next(folder for folder in REFERENCED if path.startswith(folder))
    parts = path.removeprefix(top).split("/")
    names = [parts[-1]] + [top + "/".join(parts[:end]) for end in range(1, len(parts))]
    words = [r"(?<![\w.-])" + re.escape(name) + r"(?![\w-])" for name in names]
    pattern = re.compile("|".join(words))
    return any(other != path and not other.startswith(("tests/data/", "tests/corpora/"))
               and pattern.search(text) for other, text in tree.texts.items())


def check_data(tree):
    fuzzed = {path.rpartition("/")[2].removesuffix("_fuzz.cpp")
              for path in tree.texts if path.endswith("_fuzz.cpp")}
    for path in sorted(tree.texts):
        if path.startswith(REFERENCED) and not _is_named(tree, path):
            yield Finding(path, 1, "nothing names it: use it or delete it")
        if path.startswith("tests/corpora/") and path.split("/")[2] not in fuzzed:
            yield Finding(path, 1, f"there is no {path.split('/')[2]}_fuzz.cpp to replay it")


def check_run(tree):
    for path in sorted(tree.texts):
        if path.startswith("tests/") and tree.is_script(path) and path not in tree.texts["ci/test"]:
            yield Finding(path, 1, "ci/test does not run it: it cannot fail anyone")


def check_links(tree):
    """Of a Markdown file, to what lies in the tree: a file or a folder."""
    for path in sorted(tree.texts):
        if not path.endswith(".md") or path.startswith(("tests/golden/", "tests/corpora/")):
            continue
        for line, match in matches(r"\]\((?![a-z]+:|#)([^)#\s]+)", tree.texts[path]):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[1]))
            if not any(there == target or there.startswith(target + "/") for there in tree.paths):
                yield Finding(path, line, f"the link leads nowhere: {match[1]}")


RULES = [
    Rule("every source has a target", check_sources,
         bad=[{"tools/a.cpp": ""}, {"a.cpp": ""}, {"lib/a.cpp": ""}],
         good={"lib/core/a.cpp": "", "cmd/a.cpp": "", "tests/x/a.cpp": ""}),
    Rule("every header is included", check_included,
         bad=[{"lib/core/a.h": "", "lib/core/a.cpp": '#include "core/a.h"\n'}],
         good={"lib/core/a.h": "", "lib/core/b.cpp": '#include "core/a.h"\n'}),
    Rule("all data are used", check_data,
         bad=[{"tests/data/a.json": ""}, {"tests/corpora/a/x": ""},
              {"tests/cases/data/a.json": "", "tests/cases/b.yml": "tests/cases/data/b.json"},
              {"docs/a.png": "", "b.md": "aa.png"}],
         good={"tests/data/a.json": "", "tests/a.py": "read('a.json')", "tests/corpora/b/x": "",
               "lib/core/b_fuzz.cpp": "", "demo/x/y.json": "", "ci/demo": "cp demo/x"}),
    Rule("all tests are run", check_run,
         bad=[{"tests/a.py": "#!/usr/bin/python3", "ci/test": "python3 tests/b.py"}],
         good={"tests/a.py": "#!/usr/bin/python3", "ci/test": "python3 tests/a.py"}),
    Rule("links lead somewhere", check_links,
         bad=[{"README.md": "[a](docs/a.md)"}, {"docs/a.md": "![b](b.png#c)", "b.png": ""}],
         good={"README.md": "[a](docs/a.md#b) [b](docs) [c](https://c) [d](#d)",
               "docs/a.md": "[r](../README.md)"}),
]
