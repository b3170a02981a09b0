"""The table in README.md, between two marks."""

import pathlib

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
BEGIN = "<!-- what ci/bench --update measured -->\n"
END = "<!-- end of what it measured -->\n"


def update(text):
    readme = README.read_text(encoding="utf-8")
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"bench: {README} lacks the lines {BEGIN.strip()} and {END.strip()}")
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
