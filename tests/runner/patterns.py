"""What a case expects, compared with what came: JSON values, texts, and readable differences."""

import difflib
import json
import re


class Pattern:
    """A YAML tag in a case: !any, !matches REGEX, !contains TEXT or LIST, !has MAP,
    and !absent for a member of a !has."""

    def __init__(self, name, argument):
        self.name = name
        self.argument = argument

    def __repr__(self):
        return f"!{self.name} {self.argument!r}" if self.argument is not None else f"!{self.name}"


class Wrong(Exception):
    """A case file that is not well formed."""


def _same_type(one, other):
    if isinstance(one, bool) or isinstance(other, bool):
        return type(one) is type(other)
    numbers = (int, float)
    return type(one) is type(other) or (isinstance(one, numbers) and isinstance(other, numbers))


def _pattern_differences(pattern, actual, place):
    wanted = pattern.argument
    if pattern.name == "any":
        return []
    if pattern.name == "matches":
        if isinstance(actual, str) and re.fullmatch(wanted, actual, re.DOTALL):
            return []
    elif pattern.name == "contains":
        if isinstance(actual, list):
            missing = [item for item in wanted if all(differences(item, a) for a in actual)]
            return [f"{place}: holds no {item!r}" for item in missing]
        if isinstance(actual, str) and all(text in actual for text in as_list(wanted)):
            return []
    elif pattern.name == "has" and isinstance(actual, dict):
        return [line for key, item in wanted.items() for line in _member(item, actual, key, place)]
    return [f"{place}: expected {pattern}, was {json.dumps(actual, ensure_ascii=False)}"]


def _member(wanted, actual, key, place):
    if isinstance(wanted, Pattern) and wanted.name == "absent":
        return [f"{place}.{key}: was not expected"] if key in actual else []
    if key not in actual:
        return [f"{place}.{key}: is missing"]
    return differences(wanted, actual[key], f"{place}.{key}")


def differences(expected, actual, place="answer"):
    """Each difference of two JSON values as one line; none when they agree."""
    if isinstance(expected, Pattern):
        return _pattern_differences(expected, actual, place)
    if isinstance(expected, dict) and isinstance(actual, dict):
        lines = [line for key, item in expected.items()
                 for line in _member(item, actual, key, place)]
        return lines + [f"{place}.{key}: was not expected: {json.dumps(actual[key])}"
                        for key in actual if key not in expected]
    if isinstance(expected, list) and isinstance(actual, list):
        lines = [line for index, (one, other) in enumerate(zip(expected, actual))
                 for line in differences(one, other, f"{place}[{index}]")]
        if len(expected) != len(actual):
            lines.append(f"{place}: expected {len(expected)} items, was {len(actual)}")
        return lines
    if _same_type(expected, actual) and expected == actual:
        return []
    return [f"{place}: expected {json.dumps(expected, ensure_ascii=False, default=repr)}, "
            f"was {json.dumps(actual, ensure_ascii=False)}"]


def as_list(value):
    return value if isinstance(value, list) else [value]


TEXT_KEYS = {"contains", "lacks", "matches", "equals", "json", "empty"}


def check_text_form(expected, place):
    """Refuses what text_differences would not understand."""
    if isinstance(expected, str) or (isinstance(expected, Pattern) and expected.name == "any"):
        return
    if not isinstance(expected, dict) or not expected:
        raise Wrong(f"{place}: must be a text, or a map of {', '.join(sorted(TEXT_KEYS))}")
    unknown = set(expected) - TEXT_KEYS
    if unknown:
        raise Wrong(f"{place}: unknown: {', '.join(sorted(map(str, unknown)))}")
    for key in ("contains", "lacks", "matches"):
        for item in as_list(expected.get(key, [])):
            if not isinstance(item, str) or not item:
                raise Wrong(f"{place}.{key}: must be a text or a list of texts, none of them empty")
    for regex in as_list(expected.get("matches", [])):
        try:
            re.compile(regex)
        except re.error as error:
            raise Wrong(f"{place}.matches: {regex!r}: {error}") from error


def text_differences(expected, actual, place):
    """As differences(), for a text: exact, or by what it contains, lacks and matches."""
    if isinstance(expected, Pattern):
        return []
    if isinstance(expected, str):
        expected = {"equals": expected}
    lines = [f"{place}: does not contain {text!r}"
             for text in as_list(expected.get("contains", [])) if text not in actual]
    lines += [f"{place}: contains {text!r}"
              for text in as_list(expected.get("lacks", [])) if text in actual]
    lines += [f"{place}: nothing in it matches {regex!r}"
              for regex in as_list(expected.get("matches", []))
              if not re.search(regex, actual, re.MULTILINE)]
    if "empty" in expected and expected["empty"] != (actual == ""):
        lines.append(f"{place}: {'is not empty' if actual else 'is empty'}")
    if "equals" in expected and expected["equals"] != actual:
        lines.append(f"{place}: differs from what was expected:")
        lines.append(diff(expected["equals"], actual))
    if "json" in expected:
        lines += json_differences(expected["json"], actual, place)
    return lines


def parse_one(text):
    """The one JSON value of a text, strictly: no key twice, nothing after it."""
    def no_doubles(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise ValueError(f"a key stands twice among {keys}")
        return dict(pairs)

    def no_constant(word):
        raise ValueError(f"{word} is not JSON")
    return json.loads(text, object_pairs_hook=no_doubles, parse_constant=no_constant)


def json_differences(expected, text, place):
    try:
        return differences(expected, parse_one(text), place)
    except ValueError as error:
        return [f"{place}: is not one JSON value: {error}"]


def diff(expected, actual):
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", "was",
                                 lineterm="")
    text = "\n".join("    " + line for line in lines)
    return text or "    (they differ in line ends only)"
