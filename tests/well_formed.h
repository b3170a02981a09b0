// What must hold of a text that is presented, whatever it is made of: for unit tests and fuzz
// targets. Each function says what is wrong, or nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "present/wrap.h"

namespace upkeep {

// Valid UTF-8 in which nothing acts or deceives; line feeds are fine.
inline std::string wrong_with_text(std::string_view text) {
    const std::string shown = printable_lines(text);
    if (shown == text) {
        return {};
    }
    const auto [a, b] = std::mismatch(shown.begin(), shown.end(), text.begin(), text.end());
    return "not printable at byte " + std::to_string(b - text.begin()) + ": " +
           shown.substr(static_cast<std::size_t>(a - shown.begin()), 20);
}

inline std::vector<std::string_view> lines_in(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        lines.push_back(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), lines.back().size() + 1));
    }
    return lines;
}

inline std::string wrong_with_width(std::string_view text, std::size_t width) {
    for (const std::string_view line : lines_in(text)) {
        if (display_width(line) > width) {
            return "wider than " + std::to_string(width) + ": " + std::string(line);
        }
    }
    return {};
}

// Nothing but the codes of ink.h is added to the plain text.
inline std::string wrong_with_colours(std::string_view coloured, std::string_view plain) {
    static const std::vector<std::string_view> codes{"\x1b[0m",    "\x1b[1m",  "\x1b[2m",
                                                     "\x1b[1;31m", "\x1b[32m", "\x1b[31m",
                                                     "\x1b[33m",   "\x1b[36m"};
    std::string stripped;
    while (!coloured.empty()) {
        const auto code = std::find_if(codes.begin(), codes.end(), [&](std::string_view one) {
            return coloured.starts_with(one);
        });
        const std::size_t size = code == codes.end() ? 1 : code->size();
        stripped += coloured.substr(0, code == codes.end() ? 1 : 0);
        coloured.remove_prefix(size);
    }
    // A blank in colour is not at the end of its line until the colour is gone.
    return present::without_trailing_blanks(stripped) == plain
               ? ""
               : "not the plain text with colours: " + stripped;
}

// Every row of a table has as many pipes as its heading, and pipes stand nowhere else.
inline std::string wrong_with_markdown(std::string_view text) {
    std::ptrdiff_t pipes = 0;
    for (const std::string_view line : lines_in(text)) {
        const auto here = std::count(line.begin(), line.end(), '|');
        const bool row = line.starts_with("| ") && line.ends_with(" |");
        if (here > 0 && !row) {
            return "a pipe outside of a table: " + std::string(line);
        }
        if (pipes > 0 && here > 0 && here != pipes) {
            return "a row of another length: " + std::string(line);
        }
        pipes = here;
    }
    return wrong_with_text(text);
}

namespace page_rules {

inline bool is_known(std::string_view tag) {
    static const std::vector<std::string_view> known{
        "html", "head",    "meta",    "title",  "style",      "body",  "header", "main", "footer",
        "nav",  "section", "h1",      "h2",     "p",          "ul",    "ol",     "li",   "dl",
        "div",  "dt",      "dd",      "table",  "caption",    "thead", "tbody",  "tr",   "th",
        "td",   "details", "summary", "figure", "figcaption", "svg",   "rect",   "path", "a",
        "b",    "bdi",     "code",    "span",   "time"};
    return std::find(known.begin(), known.end(), tag) != known.end();
}

// Attributes are name="value", none of them a handler or a style, and links lead to where they may.
inline std::string wrong_with_attributes(std::string_view rest) {
    while (!rest.empty() && rest != "/") {
        const std::size_t equals = rest.find("=\"");
        if (rest.front() != ' ' || equals == std::string_view::npos) {
            return "an attribute without quotes: " + std::string(rest);
        }
        const std::string_view name = rest.substr(1, equals - 1);
        const std::size_t end = rest.find('"', equals + 2);
        if (end == std::string_view::npos ||
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") !=
                std::string_view::npos ||
            name.starts_with("on") || name == "style" || name == "src") {
            return "an attribute that must not be: " + std::string(rest);
        }
        const std::string_view value = rest.substr(equals + 2, end - equals - 2);
        if (name == "href" && !value.starts_with("#") && !value.starts_with("http://") &&
            !value.starts_with("https://")) {
            return "a link elsewhere: " + std::string(value);
        }
        rest.remove_prefix(end + 1);
    }
    return {};
}

}  // namespace page_rules

// Only known elements, closed in their order, with quoted attributes; no bare angle bracket in a
// text.
inline std::string wrong_with_html(std::string_view page) {
    std::vector<std::string_view> open;
    const std::string_view doctype = "<!doctype html>\n";
    if (!page.starts_with(doctype)) {
        return "it has no doctype";
    }
    std::size_t at = doctype.size();
    while ((at = page.find_first_of("<>", at)) != std::string_view::npos) {
        const std::size_t end = page.find('>', at);
        if (page[at] == '>' || end == std::string_view::npos) {
            return "a bracket in a text: " + std::string(page.substr(at, 40));
        }
        const std::string_view inside = page.substr(at + 1, end - at - 1);
        at = end + 1;
        if (inside.starts_with("/")) {
            if (open.empty() || open.back() != inside.substr(1)) {
                return "closed but not open: " + std::string(inside);
            }
            open.pop_back();
            continue;
        }
        const std::string_view tag = inside.substr(0, inside.find_first_of(" /"));
        if (!page_rules::is_known(tag)) {
            return "an unknown element: " + std::string(inside.substr(0, 40));
        }
        std::string wrong = page_rules::wrong_with_attributes(inside.substr(tag.size()));
        if (!wrong.empty()) {
            return wrong;
        }
        if (tag == "style") {
            at = page.find("</style>", at);
        }
        if (tag != "meta" && !inside.ends_with("/")) {
            open.push_back(tag);
        }
    }
    return open.empty() ? wrong_with_text(page) : "not closed: " + std::string(open.back());
}

}  // namespace upkeep
