#include "bosh/table_lines.h"

#include <algorithm>

#include "core/text.h"

namespace upkeep::bosh {

namespace {

constexpr char escape = '\x1b';
constexpr char bell = '\x07';
constexpr std::string_view no_break_space = "\xC2\xA0";

bool between(char c, char first, char last) {
    return c >= first && c <= last;
}

std::size_t skip(std::string_view text, std::size_t at, char first, char last) {
    while (at < text.size() && between(text[at], first, last)) {
        ++at;
    }
    return at;
}

// Where the escape sequence that begins at `at` ends (ECMA-48): ESC [ ... letter, ESC ] ... BEL or
// ESC \, or ESC and one more character.
std::size_t end_of_escape(std::string_view text, std::size_t at) {
    ++at;
    if (at < text.size() && text[at] == '[') {
        at = skip(text, at + 1, '\x20', '\x3f');
        return std::min(at + 1, text.size());
    }
    if (at < text.size() && text[at] == ']') {
        at = std::min(text.find_first_of("\x07\x1b", at), text.size());
        const bool two = at < text.size() && text[at] != bell;
        return std::min(at + (two ? 2 : 1), text.size());
    }
    at = skip(text, at, '\x20', '\x2f');
    return std::min(at + 1, text.size());
}

void add_cleaned(std::string& result, std::string_view line) {
    while (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == escape) {
            at = end_of_escape(line, at);
        } else if (line.substr(at, no_break_space.size()) == no_break_space) {
            result += ' ';
            at += no_break_space.size();
        } else {
            result += line[at];
            ++at;
        }
    }
}

void add_between(std::vector<Cell>& cells, std::string_view line, char separator, std::size_t at) {
    while (true) {
        const bool last = cells.size() + 1 == most_cells;
        const std::size_t end =
            last ? line.size() : std::min(line.find(separator, at), line.size());
        const std::string_view text = line.substr(at, end - at);
        const std::size_t lead = std::min(text.find_first_not_of(' '), text.size());
        const std::string_view word = trimmed(text, " ");
        cells.push_back({at + lead, word, text.size() - lead - word.size()});
        if (end == line.size()) {
            return;
        }
        at = end + 1;
    }
}

Cells split_at(std::string_view line, char separator, Cells::Between between, std::size_t start) {
    Cells result{between, {}};
    add_between(result.cells, line, separator, start);
    // bosh ends each cell, so the last one too.
    if (result.cells.size() > 1 && result.cells.back().text.empty()) {
        result.cells.pop_back();
    }
    return result;
}

Cells split_at_spaces(std::string_view line) {
    Cells result;
    std::size_t at = line.find_first_not_of(' ');
    while (at < line.size()) {
        const bool last = result.cells.size() + 1 == most_cells;
        const std::size_t end = last ? line.size() : std::min(line.find("  ", at), line.size());
        result.cells.push_back({at, trimmed(line.substr(at, end - at), " "), 0});
        at = line.find_first_not_of(' ', end);
    }
    return result;
}

}  // namespace

std::string cleaned(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        add_cleaned(result, line);
        text.remove_prefix(line.size());
        if (!text.empty()) {
            result += '\n';
            text.remove_prefix(1);
        }
    }
    return result;
}

bool LineReader::next(TableLine& line) {
    if (rest_.empty()) {
        return false;
    }
    line = {number_, rest_.substr(0, rest_.find('\n'))};
    rest_.remove_prefix(std::min(line.text.size() + 1, rest_.size()));
    ++number_;
    return true;
}

Cells split_cells(std::string_view line) {
    if (line.find('\t') != std::string_view::npos) {
        return split_at(line, '\t', Cells::Between::tabs, 0);
    }
    const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
    if (first < line.size() && line[first] == '|') {
        return split_at(line, '|', Cells::Between::bars, first + 1);
    }
    return split_at_spaces(line);
}

}  // namespace upkeep::bosh
