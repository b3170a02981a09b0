"""The floors: a file includes only its own floor or a lower one."""

import re

from .source import Finding, Rule, matches

# What each folder may include. A folder of lib/ that is not named is a service's client.
SERVICE = "a service"
MAY_INCLUDE = {
    "core": {"core"},
    "system": {"core", "system"},
    "net": {"core", "system", "net"},
    SERVICE: {"core", "system", "net", SERVICE},
    "present": {"core", "present"},
    "resource": {"core", "system", "net", SERVICE, "present", "resource"},
    "cmd": {"core", "system", "net", SERVICE, "present", "resource", "cmd"},
}
# What core must not include, for it touches no file, socket, clock or environment.
OUTSIDE_CORE = re.compile(
    r"^(?:fstream|filesystem|thread|unistd\.h|fcntl\.h|poll\.h|sys/.*|netinet/.*|arpa/.*|netdb\.h"
    r"|curl/.*|ares.*|boost/asio.*|boost/process.*)$")
INCLUDE = r'^\s*#\s*include\s+(["<])([^">]+)[">]'


def floor_of(path):
    parts = path.split("/")
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1] if parts[1] in MAY_INCLUDE else SERVICE
    return parts[0] if parts[0] in ("resource", "cmd", "tests") else None


def find_included(tree, path, name):
    """The path in the tree that `#include "name"` of this file means."""
    beside = path.rpartition("/")[0] + "/" + name
    candidates = ["lib/" + name, name] + ([beside] if path.startswith("tests/") else [])
    return next((candidate for candidate in candidates if candidate in tree.texts), None)


def check_floors(tree):
    for path in tree.cpp():
        floor = floor_of(path)
        for line, match in matches(INCLUDE, tree.code(path)):
            name = match[2]
            if match[1] == "<":
                if floor == "core" and OUTSIDE_CORE.match(name) and not path.endswith("_test.cpp"):
                    yield Finding(path, line, f"core touches nothing outside itself, but includes "
                                              f"<{name}>: move what needs it to system or net")
                continue
            target = find_included(tree, path, name)
            if target is None:
                yield Finding(path, line, f'"{name}" is no header of ours: name it from lib/ or '
                                          'the root ("core/finding.h"), others in <>')
            elif floor and floor != "tests":
                yield from _too_high(path, line, floor, target)


def _too_high(path, line, floor, target):
    there = floor_of(target)
    support = there == "tests" and path.endswith(("_test.cpp", "_fuzz.cpp"))
    if there not in MAY_INCLUDE[floor] and not support:
        allowed = ", ".join(sorted(MAY_INCLUDE[floor]))
        yield Finding(path, line, f"{floor} may include {allowed}, but this is {there} ({target}): "
                                  "move the code up, or what it needs down")


RULES = [
    Rule("floors", check_floors,
         bad=[{"lib/core/a.h": '#include "system/b.h"\n', "lib/system/b.h": ""},
              {"lib/net/a.h": '#include "bosh/b.h"\n', "lib/bosh/b.h": ""},
              {"lib/present/a.h": '#include "net/b.h"\n', "lib/net/b.h": ""},
              {"lib/bosh/a.h": '#include "resource/b.h"\n', "resource/b.h": ""},
              {"resource/a.h": '#include "cmd/b.h"\n', "cmd/b.h": ""},
              {"lib/core/a.h": '#include "b.h"\n', "lib/core/b.h": ""},
              {"lib/core/a.cpp": "#include <fstream>\n"}],
         good={"lib/core/b.h": "", "lib/core/a.cpp": '#include "core/b.h"\n#include <string>\n',
               "lib/bosh/a.h": '#include "core/b.h"\n', "cmd/c.cpp": '#include "bosh/a.h"\n',
               "lib/core/b_test.cpp": '#include "tests/t.h"\n', "tests/t.h": "",
               "tests/x/u.cpp": '#include "v.h"\n', "tests/x/v.h": ""}),
]
