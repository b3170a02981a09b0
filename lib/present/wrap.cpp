#include "present/wrap.h"

#include <algorithm>

#include "core/text.h"

namespace upkeep::present {

namespace {

// How much of a word that is too long stands in one line: at least one character, so that it ends.
std::size_t piece_of(std::string_view word, std::size_t width) {
    std::size_t most = bytes_within(word, width);
    if (most == 0) {
        most = bytes_within(word, 2);  // a wide character in a line of one column
    }
    const std::size_t after = word.substr(0, most).find_last_of("/-,:");
    return after == std::string_view::npos || after + 1 < most / 2 ? most : after + 1;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    if (width == 0 || display_width(text) <= width) {
        return {std::string(text)};
    }
    std::vector<std::string> lines(1);
    std::size_t used = 0;
    const auto new_line = [&] {
        lines.emplace_back();
        used = 0;
    };
    while (!text.empty()) {
        std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (used > 0 && used + 1 + display_width(word) > width) {
            new_line();
        } else if (used > 0) {
            lines.back() += ' ';
            ++used;
        }
        while (display_width(word) > width) {
            const std::size_t piece = piece_of(word, width);
            lines.back() += word.substr(0, piece);
            word.remove_prefix(piece);
            if (!word.empty()) {
                new_line();
            }
        }
        lines.back() += word;
        used += display_width(word);
    }
    return lines;
}

std::string padded(std::string_view text, std::size_t width) {
    const std::size_t has = display_width(text);
    return std::string(text) + std::string(has < width ? width - has : 0, ' ');
}

std::string without_trailing_blanks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        out += line.substr(0, line.find_last_not_of(' ') + 1);
        out += '\n';
    }
    return out;
}

}  // namespace upkeep::present
