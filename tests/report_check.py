#!/usr/bin/python3
"""Holds reports against readers that are not ours: the JSON Schema, an HTML parser, cmark-gfm.

    tests/report_check.py [FILE...]

Reads the golden files, which the unit tests hold equal to what the program writes, and any FILE
besides (findings.json, report.html or report.md of a real run). cmark-gfm may be missing: skipped.
"""

import base64
import copy
import hashlib
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "report"
SCHEMA = json.loads((ROOT / "docs" / "findings.schema.json").read_text(encoding="utf-8"))


def strict(schema):
    """The schema, refusing what it does not document: readers must be lenient, our test is not."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: strict(value) for key, value in schema.items()}
    if "properties" in inner and "required" in inner:
        inner["unevaluatedProperties"] = False
    return inner


VALIDATOR = jsonschema.Draft202012Validator(strict(SCHEMA))


def wrong_with_json(text):
    return [f"{'/'.join(map(str, error.path))}: {error.message[:200]}"
            for error in VALIDATOR.iter_errors(json.loads(text))]


def changed(document, change):
    document = copy.deepcopy(document)
    change(document)
    return document


def wrong_with_schema():
    """The schema itself, and that it refuses what is not as documented."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    good = json.loads((GOLDEN / "few.json").read_text(encoding="utf-8"))
    blind = json.loads((GOLDEN / "not_looked.json").read_text(encoding="utf-8"))

    def drops(key):
        return changed(good, lambda document: document.pop(key))

    def sets(document, key, value):
        return changed(document, lambda changing: changing.update({key: value}))

    def sets_in_finding(key, value):
        return changed(good, lambda document: document["findings"][0].update({key: value}))

    bad = [drops(key) for key in good] + [
        sets(good, "more", 1), sets(good, "schema_version", 2), sets(good, "findings", None),
        sets(good, "looked", False), sets(good, "looked_at", "2026-11-23 17:54"),
        sets(good, "summary", "two\nlines"), sets(good, "reason", "none"),
        sets(blind, "findings", []), sets(blind, "jobs", []), sets(blind, "looked", True),
        sets(blind, "reason", None), sets(blind, "complete", True),
        sets_in_finding("more", 1), sets_in_finding("severity", "grave"),
        sets_in_finding("environment", ""), sets_in_finding("since", "yesterday"),
        sets_in_finding("magnitude", 12), sets_in_finding("details", {"line": "jammy"}),
    ]
    return [f"accepts bad document {number}" for number, document in enumerate(bad)
            if VALIDATOR.is_valid(document)]


class Page(html.parser.HTMLParser):
    """What stands in a page, as a parser other than ours sees it."""

    EMPTY = {"meta", "path"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.ids, self.links, self.wrong = [], [], [], [], []
        self.style = self.policy = ""
        self.feed(text)
        self.close()
        self.wrong += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        if tag not in self.EMPTY:
            self.open.append(tag)
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if "href" in attributes else []
        self.wrong += [f"{tag} has {name}" for name in attributes
                       if name.startswith("on") or name in ("style", "src", "srcset")]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} is closed out of order")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data


def wrong_with_html(text):
    page = Page(text)
    wrong = list(page.wrong)
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    if f"style-src 'sha256-{digest}'" not in page.policy:
        wrong.append("the policy's hash is not that of the style sheet")
    wrong += [f"{tag} stands in it" for tag in ("script", "img", "iframe", "link", "object", "form")
              if tag in page.tags]
    wrong += [f"id {name} stands twice" for name in set(page.ids) if page.ids.count(name) > 1]
    for link in page.links:
        if link.startswith("#") and link[1:] not in page.ids:
            wrong.append(f"{link} leads nowhere")
        elif not link.startswith(("#", "http://", "https://")):
            wrong.append(f"{link} leads elsewhere")
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    if levels.count(1) != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:])):
        wrong.append(f"headings skip: {levels}")
    return wrong


MARKDOWN_TAGS = {"h2", "h3", "p", "ul", "li", "strong", "code", "a", "table", "thead", "tbody",
                 "tr", "th", "td"}


def wrong_with_markdown(text):
    """Rendered with everything that GitHub has switched on and raw HTML passed through."""
    command = ["cmark-gfm", "--unsafe"]
    for extension in ("table", "autolink", "strikethrough", "tasklist"):
        command += ["-e", extension]
    page = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    page = page.stdout.decode()
    tags = set(re.findall(r"<([a-z0-9]+)", page))
    wrong = [f"{tag} stands in it" for tag in sorted(tags - MARKDOWN_TAGS)]
    wrong += [f"a link leads elsewhere: {link}" for link in re.findall(r'<a href="([^"]*)"', page)
              if not link.startswith(("http://", "https://")) or "evil" in link.split("/")[2]]
    rows = sum(line.startswith("|") for line in text.split("\n"))
    for part in text.split("\n\n"):
        pipes = {line.count("|") for line in part.split("\n") if line.startswith("|")}
        if len(pipes) > 1:  # a cell too many is dropped in silence
            wrong.append(f"rows with {sorted(pipes)} pipes in one table")
    rules = sum(line.startswith("| --- |") for line in text.split("\n"))
    if page.count("<tr>") != rows - rules:
        wrong.append(f"{page.count('<tr>')} rows are rendered, {rows - rules} were written")
    return wrong


CHECKS = {".json": wrong_with_json, ".html": wrong_with_html, ".md": wrong_with_markdown}


def main():
    paths = sorted(GOLDEN.iterdir()) + [pathlib.Path(name) for name in sys.argv[1:]]
    results = {"the schema": wrong_with_schema()}
    skipped = 0
    for path in paths:
        if path.suffix == ".md" and not shutil.which("cmark-gfm"):
            skipped += 1
        elif path.suffix in CHECKS:
            results[str(path)] = CHECKS[path.suffix](path.read_text(encoding="utf-8"))
    for name, wrong in results.items():
        for line in wrong:
            print(f"{name}: {line}")
    failed = sum(bool(wrong) for wrong in results.values())
    print(f"{len(results) - failed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
