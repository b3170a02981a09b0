#include "present/escape.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"

namespace upkeep::present {

namespace {

constexpr std::string_view zero_width_space = "&#8203;";
constexpr std::size_t address_bytes_most = 2'000;

std::string shown(std::string_view text, std::size_t width) {
    return shortened(printable(text), width);
}

std::string html(const std::string& text) {
    std::string out;
    out.reserve(text.size());
    for (const char one : text) {
        switch (one) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += one;
        }
    }
    return out;
}

bool is_word(char one) {
    const auto byte = static_cast<unsigned char>(one);
    return is_digit(one) || is_letter(one) || byte >= 0x80;
}

// The characters around one, or a blank beyond the ends.
struct Around {
    char before = ' ';
    char after = ' ';
    bool first = false;  // only blanks and digits stand before it
};

// What may be split at, escape what follows it, or be decoded, even where a backslash stands before
// it.
bool wants_reference(char one) {
    return std::string_view("\\|<&$").find(one) != std::string_view::npos;
}

// What is markup wherever it stands; `_` only at the edge of a word.
bool is_markup(char one, const Around& around) {
    if (one == '_') {
        return !is_word(around.before) || !is_word(around.after);
    }
    return std::string_view("`*[]~").find(one) != std::string_view::npos;
}

// What makes a heading, a list, a quotation or a rule at the beginning of a line.
bool begins_block(char one, const Around& around) {
    const bool alone = around.after == ' ';
    switch (one) {
        case '>':
        case '=':
            return around.first;
        case '#':
        case '-':
            return around.first && (alone || around.after == one);
        case '+':
        case '.':
        case ')':
            return around.first && alone;
        default:
            return false;
    }
}

// "http://", "www." and "a@b" would become links.
bool links_itself(char one, const Around& around) {
    return (one == ':' && around.after == '/') ||
           (one == '.' && (around.before == 'w' || around.before == 'W'));
}

// "@name" would be told; "#1" and "!1" would be written into that issue.
bool refers(char one, const Around& around) {
    return (one == '@' && is_word(around.after)) ||
           ((one == '#' || one == '!') && is_digit(around.after));
}

std::string reference(char one) {
    return one == '<' ? "&lt;" : one == '&' ? "&amp;" : fmt::format("&#{};", static_cast<int>(one));
}

std::string markdown(const std::string& text) {
    std::string out;
    out.reserve(text.size());
    bool first = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char one = text[at];
        const Around around{at > 0 ? text[at - 1] : ' ', at + 1 < text.size() ? text[at + 1] : ' ',
                            first};
        const bool edge = one == ' ' && (at == 0 || at + 1 == text.size());
        if (edge || wants_reference(one) || links_itself(one, around)) {
            out += reference(one);
        } else {
            out += is_markup(one, around) || begins_block(one, around) ? "\\" : "";
            out += one;
        }
        if (refers(one, around)) {
            out += zero_width_space;
        }
        first = first && (one == ' ' || is_digit(one));
    }
    return out;
}

bool fits_code_span(const std::string& text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
           text.find_first_of("`|\\") == std::string::npos;
}

bool is_address_byte(char one) {
    return one > ' ' && one < '\x7f' &&
           std::string_view("\"'`<>\\^{}|()[]").find(one) == std::string_view::npos;
}

}  // namespace

std::string html_name(std::string_view text) {
    return html(shown(text, name_width_most));
}

std::string html_text(std::string_view text) {
    return html(shown(text, text_width_most));
}

std::string html_attribute(std::string_view text) {
    return html(printable(text));
}

std::string markdown_name(std::string_view text) {
    return markdown(shown(text, name_width_most));
}

std::string markdown_text(std::string_view text) {
    return markdown(shown(text, text_width_most));
}

std::string markdown_code(std::string_view text) {
    const std::string name = shown(text, name_width_most);
    return fits_code_span(name) ? "`" + name + "`" : markdown(name);
}

std::string link_address(std::string_view url) {
    const std::string scheme = in_small_letters(url.substr(0, url.find(':')));
    if ((scheme != "http" && scheme != "https") || url.size() > address_bytes_most) {
        return {};
    }
    const std::string_view rest = url.substr(scheme.size());
    const bool has_host = rest.starts_with("://") && rest.size() > 3 && rest[3] != '/';
    return has_host && std::all_of(url.begin(), url.end(), is_address_byte) ? std::string(url)
                                                                            : std::string{};
}

}  // namespace upkeep::present
