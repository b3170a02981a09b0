"""Reads YAML as Concourse does (go-yaml v2), by a reader that is not Upkeep's own.

y, n, yes, no, on, off are truth values, dates stay texts, 12:30:45 is no number, 1e3 is one.
"""

import json
import re

import yaml


class ConcourseLoader(yaml.SafeLoader):
    """PyYAML with go-yaml's idea of plain scalars. A key given twice is an error."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value
            if isinstance(key, str) and key != "<<" and key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark)
            seen.add(key if isinstance(key, str) else id(key))
        return super().construct_mapping(node, deep)


def _truth(loader, node):
    return node.value.lower() in ("y", "yes", "true", "on")


def _whole(loader, node):
    text = node.value.replace("_", "").lower()
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    for mark, base in (("0x", 16), ("0b", 2), ("0o", 8)):
        if digits.startswith(mark):
            return sign * int(digits[2:], base)
    return sign * int(digits, 8 if len(digits) > 1 and digits.startswith("0") else 10)


def _real(loader, node):
    number = float(node.value.replace("_", ""))
    return int(number) if number.is_integer() and abs(number) < 1e21 else number


_PLAIN = (
    ("tag:yaml.org,2002:bool", r"(?:y|yes|n|no|true|false|on|off)$", list("yYnNtTfFoO"), True),
    ("tag:yaml.org,2002:int",
     r"[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+)$",
     list("-+0123456789"), False),
    ("tag:yaml.org,2002:float",
     r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$",
     list("-+.0123456789"), False),
    ("tag:yaml.org,2002:null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""], False),
    ("tag:yaml.org,2002:merge", r"<<$", ["<"], False),
)

for _tag, _pattern, _first, _any_case in _PLAIN:
    if _any_case:
        words = ("y", "yes", "n", "no", "true", "false", "on", "off")
        _pattern = "(?:%s)$" % "|".join(f"{w}|{w.capitalize()}|{w.upper()}" for w in words)
    ConcourseLoader.add_implicit_resolver(_tag, re.compile(_pattern), _first)
ConcourseLoader.add_constructor("tag:yaml.org,2002:bool", _truth)
ConcourseLoader.add_constructor("tag:yaml.org,2002:int", _whole)
ConcourseLoader.add_constructor("tag:yaml.org,2002:float", _real)


def read(text):
    """The one value of a document. A timestamp stays the text that it was."""
    return yaml.load(text, ConcourseLoader)


def key_text(key):
    """JSON has text keys only: `n: 40` arrives as `"false": 40`."""
    return key if isinstance(key, str) else json.dumps(key)


def as_json(value):
    """The line that a resource gets on stdin: keys as texts, sorted."""
    return json.dumps(_with_text_keys(value), sort_keys=True, ensure_ascii=False)


def _with_text_keys(value):
    if isinstance(value, dict):
        return {key_text(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_text_keys(item) for item in value]
    return value
