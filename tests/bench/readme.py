"""The tables in README.md, each between two marks."""

import pathlib

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
END = "<!-- end of what it measured -->\n"


def update(part, text):
    mark = f"<!-- what ci/bench --update measured of the {part} -->\n"
    readme = README.read_text(encoding="utf-8")
    before, begin, rest = readme.partition(mark)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"bench: {README} lacks the lines {mark.strip()} and {END.strip()}")
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
