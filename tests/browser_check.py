#!/usr/bin/python3
"""Opens the report in Chromium: nothing runs, nothing is asked for, and people can read it.

    tests/browser_check.py [FILE...]

Opens the golden pages, which the unit tests hold equal to what the program writes, and any FILE
besides. On a telephone and a desk, light and dark, printed, by keyboard, as a screen reader sees
it. Skipped where there is no Chromium.
"""

import pathlib
import sys

from browser.chromium import Chromium, program

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden" / "report"
WIDTHS = (360, 768, 1280)

CANARY = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) {
    window[name] = text => { window.ran.push(name + " " + text); };
}
"""

# Every text against what is behind it, by WCAG 2: 4.5 at least. Behind a picture of two colours
# (the hatching of what was not looked at) both count.
CONTRAST = """
(() => {
    const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
    const light = color => {
        const [r, g, b] = color.map(value => value / 255)
            .map(value => value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ratio = (a, b) => {
        const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
        return (x + .05) / (y + .05);
    };
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            const picture = style.backgroundImage.match(/rgba?\\([^)]*\\)/g);
            if (picture) {
                return picture.map(text => parse(text).slice(0, 3));
            }
            const color = parse(style.backgroundColor);
            if (color.length < 4 || color[3] > 0) {
                return [color.slice(0, 3)];
            }
        }
        return [[255, 255, 255]];
    };
    const poor = new Set();
    let measured = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) {
            continue;
        }
        ++measured;
        const color = parse(getComputedStyle(element).color).slice(0, 3);
        for (const back of behind(element)) {
            const found = ratio(color, back);
            if (found < 4.5) {
                poor.add(`${found.toFixed(2)} ${element.tagName}.${element.className}`);
            }
        }
    }
    return measured < 5 ? ["nothing was measured"] : [...poor];
})()
"""


def url(path):
    return path.resolve().as_uri()


def nothing_runs(browser, path):
    """With the page's policy, and without it: escaping alone must be enough."""
    wrong = []
    for bypass in (False, True):
        browser.send("Page.setBypassCSP", enabled=bypass)
        browser.look_as(1280)
        browser.open(url(path))
        browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wrong += [f"ran: {what}" for what in browser.run("window.ran")]
        asked = [event["request"]["url"]
                 for event in browser.taken_events("Network.requestWillBeSent")]
        wrong += [f"asked for {what}" for what in asked if what != url(path)]
        log = [event["entry"]["text"] for event in browser.taken_events("Log.entryAdded")]
        wrong += [f"the browser says: {text}" for text in log]
    browser.send("Page.setBypassCSP", enabled=False)
    return wrong


def hostile_names_are_text(browser, path):
    browser.open(url(path))
    names = browser.run(
        "[...document.querySelectorAll('.findings th.who')].map(one => one.textContent)")
    wanted = ["<script>alert(1)</script>", "a\\nb\\r\\nc",
              "\\u202egnigats-fc\\u202c \\u2066x\\u2069"]
    elements = browser.run("document.querySelectorAll('script, img, iframe, object, form').length")
    return [f"{name} is not shown as it is" for name in wanted if name not in names] + (
        [f"{elements} elements came in"] if elements else [])


def fits_and_is_styled(browser, path):
    wrong = []
    for width in WIDTHS:
        browser.look_as(width)
        browser.open(url(path))
        wide = browser.run("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"at {width} it is {wide} wide")
        if browser.run("getComputedStyle(document.body).getPropertyValue('--paper')") == "":
            wrong.append("the style sheet is not applied: does the policy name its hash?")
    return wrong


def can_be_read(browser, path):
    wrong = []
    backgrounds = set()
    for width in (WIDTHS[0], WIDTHS[-1]):
        for scheme in ("light", "dark"):
            browser.look_as(width, scheme)
            browser.open(url(path))
            browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            wrong += [f"{scheme}, {width}: contrast {poor}" for poor in browser.run(CONTRAST)]
            backgrounds.add(browser.run("getComputedStyle(document.body).backgroundColor"))
    return wrong + (["dark is as light"] if len(backgrounds) != 2 else [])


def can_be_printed(browser, path):
    browser.look_as(800, "dark", "print")
    browser.open(url(path))
    wrong = [f"printed: contrast {poor}" for poor in browser.run(CONTRAST)]
    back = browser.run("getComputedStyle(document.body).backgroundColor")
    if back != "rgb(255, 255, 255)":
        wrong.append(f"it is printed on {back}")
    browser.send("Emulation.setEmulatedMedia", media="", features=[])
    if len(browser.send("Page.printToPDF")["data"]) < 5000:
        wrong.append("there is nothing on the paper")
    return wrong


def by_keyboard(browser, path):
    """Tab reaches every link and every finding, in their order; Enter opens a finding."""
    browser.look_as(1280)
    browser.open(url(path))
    wanted = browser.run("[...document.querySelectorAll('a, summary')].filter(one => "
                         "one.checkVisibility()).map(one => one.textContent)")
    wrong = []
    for text in wanted:
        browser.press("Tab")
        focused = browser.run("document.activeElement.textContent")
        outline = browser.run("getComputedStyle(document.activeElement).outlineStyle")
        if focused != text or outline == "none":
            return [f"Tab reaches {focused[:60]!r} ({outline}) instead of {text[:60]!r}"]
        if browser.run("document.activeElement.tagName") == "SUMMARY":
            browser.press("Enter")
            if not browser.run("document.activeElement.parentElement.open"):
                wrong.append(f"Enter does not open {text[:60]!r}")
            browser.press("Enter")
    return wrong + ([] if wanted else ["there is nothing to reach"])


def aloud(browser, path):
    """What a screen reader is told, also where the style sheet lays tables out as blocks."""
    wrong = []
    for width in (WIDTHS[0], WIDTHS[-1]):
        browser.look_as(width)
        browser.open(url(path))
        nodes = [node for node in browser.send("Accessibility.getFullAXTree")["nodes"]
                 if not node.get("ignored")]
        roles = [node["role"]["value"] for node in nodes]
        names = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes}
        for role in ("main", "banner", "contentinfo", "heading", "table", "row", "columnheader",
                     "rowheader", "cell"):
            if role not in roles:
                wrong.append(f"{width}: no {role}")
        if ("table", "Findings in staging") not in names:
            wrong.append(f"{width}: the table has no name")
        if not any(role == "navigation" and name for role, name in names):
            wrong.append(f"{width}: the navigation has no name")
        if any(role == "img" or role == "image" for role in roles):
            wrong.append(f"{width}: a picture is read aloud")
    return wrong


def main():
    for name in sys.argv[1:]:
        pathlib.Path(name).read_bytes()  # a missing file would be an error page, read in vain
    if not program():
        print("there is no chromium")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    pages = sorted(GOLDEN.glob("*.html")) + [pathlib.Path(name) for name in sys.argv[1:]]
    checks = [(check, page) for page in pages for check in
              (nothing_runs, fits_and_is_styled, can_be_read, can_be_printed)]
    checks += [(hostile_names_are_text, GOLDEN / "hostile.html"),
               (by_keyboard, GOLDEN / "four_environments.html"),
               (aloud, GOLDEN / "four_environments.html")]
    failed = 0
    browser = Chromium()
    try:
        browser.send("Page.addScriptToEvaluateOnNewDocument", source=CANARY)
        for check, page in checks:
            wrong = check(browser, page)
            failed += bool(wrong)
            for line in wrong[:20]:
                print(f"{page.name}: {check.__name__.replace('_', ' ')}: {line[:300]}")
    finally:
        browser.close()
    print(f"{len(checks) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
