#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/text_tables.h"

namespace upkeep {

namespace {

constexpr std::size_t marks_at_most = 8;
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

// Characters that no one sees, or that turn the direction of what stands around them. The joiners
// are not among them: scripts and emoji need them. In ascending order.
constexpr CodeRange deceiving_ranges[] = {
    {0x00ad, 0x00ad}, {0x061c, 0x061c},   {0x115f, 0x115f},   {0x180e, 0x180e},
    {0x200b, 0x200b}, {0x200e, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},
    {0x3164, 0x3164}, {0xfdd0, 0xfdef},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff9, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe007f},
};

template <std::size_t count>
bool contains(const CodeRange (&ranges)[count], char32_t code) {
    const auto* const after = std::upper_bound(
        std::begin(ranges), std::end(ranges), code,
        [](char32_t wanted, const CodeRange& range) { return wanted < range.first; });
    return after != std::begin(ranges) && code <= std::prev(after)->last;
}

struct Character {
    char32_t code = 0;
    std::size_t size = 1;  // in bytes
    bool valid = false;
};

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

struct Lead {
    std::size_t size = 0;  // of the whole character; 0 where none begins so
    unsigned bits = 0;
    unsigned least_second = 0x80;
    unsigned most_second = 0xbf;
};

// Table 3-7 of the Unicode standard: what may follow the first byte, so that nothing is overlong, a
// surrogate or beyond the last code point.
Lead lead_of(unsigned byte) {
    if (byte >= 0xc2 && byte <= 0xdf) {
        return {2, byte & 0x1fU, 0x80, 0xbf};
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return {3, byte & 0x0fU, byte == 0xe0 ? 0xa0U : 0x80U, byte == 0xed ? 0x9fU : 0xbfU};
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        return {4, byte & 0x07U, byte == 0xf0 ? 0x90U : 0x80U, byte == 0xf4 ? 0x8fU : 0xbfU};
    }
    return {};
}

// The character at the beginning of `text`, which is not empty. Where it is invalid, its size is
// that of the longest part that could have begun a character, at least 1.
Character first_character(std::string_view text) {
    const unsigned first = byte_at(text, 0);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const Lead lead = lead_of(first);
    char32_t code = lead.bits;
    for (std::size_t at = 1; at < lead.size; ++at) {
        const unsigned least = at == 1 ? lead.least_second : 0x80;
        const unsigned most = at == 1 ? lead.most_second : 0xbf;
        if (at >= text.size() || byte_at(text, at) < least || byte_at(text, at) > most) {
            return {0, at, false};
        }
        code = (code << 6U) | (byte_at(text, at) & 0x3fU);
    }
    return {code, std::max<std::size_t>(lead.size, 1), lead.size != 0};
}

bool acts_or_deceives(char32_t code) {
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool no_character = (code & 0xfffeU) == 0xfffe;
    return control || no_character || contains(deceiving_ranges, code);
}

std::size_t width_of(char32_t code) {
    if (code < 0x300) {
        return 1;
    }
    if (contains(zero_width_ranges, code)) {
        return 0;
    }
    return contains(wide_ranges, code) ? 2 : 1;
}

// How many bytes at the beginning are ASCII that stays as it is, as nearly all text is.
std::size_t plain_bytes(std::string_view text) {
    const auto* const end =
        std::find_if(text.begin(), text.end(), [](char one) { return one < ' ' || one > '~'; });
    return static_cast<std::size_t>(end - text.begin());
}

std::string escape(char32_t code) {
    switch (code) {
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            break;
    }
    const auto number = static_cast<unsigned>(code);
    if (number < 0x80) {
        return fmt::format("\\x{:02x}", number);
    }
    return number <= 0xffff ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

std::string json_escape(char32_t code) {
    const auto number = static_cast<unsigned>(code);
    if (number <= 0xffff) {
        return fmt::format("\\u{:04x}", number);
    }
    const unsigned rest = number - 0x10000;
    return fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (rest >> 10U), 0xdc00 + (rest & 0x3ffU));
}

std::string made_printable(std::string_view text, bool keep_line_feeds,
                           std::string (*escaped)(char32_t)) {
    std::string out;
    out.reserve(text.size());
    std::size_t marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t plain = plain_bytes(text.substr(at)); plain > 0) {
            out += text.substr(at, plain);
            at += plain;
            marks = 0;
            continue;
        }
        const Character next = first_character(text.substr(at));
        const std::string_view bytes = text.substr(at, next.size);
        at += next.size;
        if (!next.valid) {
            for (const char byte : bytes) {
                out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
            }
            marks = 0;
            continue;
        }
        const bool stays = (keep_line_feeds && next.code == '\n') || !acts_or_deceives(next.code);
        marks = stays && width_of(next.code) == 0 ? marks + 1 : 0;
        if (stays && marks <= marks_at_most) {
            out += bytes;
        } else {
            out += escaped(next.code);
            marks = 0;
        }
    }
    return out;
}

}  // namespace

std::string printable(std::string_view text) {
    return made_printable(text, false, escape);
}

std::string printable_lines(std::string_view text) {
    return made_printable(text, true, escape);
}

std::string printable_json(std::string_view document) {
    return made_printable(document, true, json_escape);
}

std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Character next = first_character(text.substr(at));
        out += next.valid ? text.substr(at, next.size) : std::string_view("\xEF\xBF\xBD");
        at += next.size;
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character next = first_character(text.substr(at));
        width += next.valid ? width_of(next.code) : next.size;
        at += next.size;
    }
    return width;
}

std::size_t bytes_within(std::string_view text, std::size_t width) {
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character next = first_character(text.substr(at));
        used += next.valid ? width_of(next.code) : next.size;
        if (used > width) {
            return at;
        }
        at += next.size;
    }
    return text.size();
}

std::string shortened(std::string_view text, std::size_t width) {
    if (bytes_within(text, width) == text.size()) {
        return std::string(text);
    }
    if (width == 0) {
        return {};
    }
    return std::string(text.substr(0, bytes_within(text, width - 1))).append(ellipsis);
}

std::string in_brief(std::string_view text, std::size_t width) {
    return shortened(printable(text), width);
}

std::string quoted(std::string_view text) {
    return "\"" + in_brief(text) + "\"";
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
    return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

std::string joined(const std::vector<std::string>& words) {
    if (words.size() < 2) {
        return words.empty() ? std::string{} : words.front();
    }
    const std::vector<std::string> first(words.begin(), words.end() - 1);
    return fmt::format("{} and {}", fmt::join(first, ", "), words.back());
}

std::string first_few(const std::vector<std::string>& words, std::size_t most) {
    const auto shown = static_cast<std::ptrdiff_t>(std::min(words.size(), most));
    const std::string text =
        fmt::format("{}", fmt::join(words.begin(), words.begin() + shown, ", "));
    return words.size() <= most ? text : fmt::format("{} and {} more", text, words.size() - most);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return small;
}

std::string_view trimmed(std::string_view text, std::string_view blank) {
    text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
    return text.substr(0, text.find_last_not_of(blank) + 1);
}

std::string_view without_mark(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    text.remove_prefix(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    return text;
}

}  // namespace upkeep
