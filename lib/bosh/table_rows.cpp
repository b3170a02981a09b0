#include "bosh/table_rows.h"

#include <algorithm>
#include <utility>

#include "core/failure.h"
#include "core/limits.h"

namespace upkeep::bosh {

namespace {

constexpr std::size_t bytes_shown = 90;
constexpr std::size_t border = 2;  // spaces between columns on a terminal
constexpr std::size_t tab = 8;     // columns of a terminal

std::string count_of_cells(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " cell" : " cells");
}

// How many columns have their end within the line. Between spaces, only the next text tells.
std::size_t closed_columns(const TableLine& line, const Cells& cells, std::size_t last_column) {
    const auto count = [&](char c) {
        return static_cast<std::size_t>(std::count(line.text.begin(), line.text.end(), c));
    };
    switch (cells.between) {
        case Cells::Between::tabs:
            return count('\t');
        case Cells::Between::bars:
            return count('|') - 1;
        default:
            return last_column;
    }
}

Failure wrong(const std::string& doing, const TableLine& line, const std::string& why) {
    return Failure(doing, name_of(line.number, line.text) + " " + why, use_json);
}

}  // namespace

TableRows::TableRows(const TablePlace& place, const std::string& doing)
    : doing_(doing), lines_(place.lines, place.first_line) {
    if (place.header) {
        columns_ = place.header->cells.size();
        note_starts(*place.header);
    }
}

bool TableRows::next(TableRow& row) {
    for (TableLine line; lines_.next(line);) {
        if (is_between_groups(line.text)) {
            within_deployment_ = false;
            continue;
        }
        if (is_around_table(line.text)) {
            continue;
        }
        if (++count_ > limits::table_rows) {
            throw wrong(doing_, line,
                        "is one more than " + std::to_string(limits::table_rows) + " rows");
        }
        const Cells cells = split_cells(line.text);
        row = continues(cells) ? continuation(line, cells) : full_row(line, cells);
        return true;
    }
    return false;
}

void TableRows::note_starts(const Cells& cells) {
    starts_.clear();
    for (const Cell& cell : cells.cells) {
        starts_.push_back(cell.start);
    }
    starts_between_ = cells.between;
}

// Where columns begin at tab stops, tabs were turned into up to 8 spaces.
bool TableRows::at_tab_stops() const {
    return std::all_of(starts_.begin(), starts_.end(),
                       [&](std::size_t start) { return (start - starts_.front()) % tab == 0; });
}

std::size_t TableRows::slack_of(const Cells& cells, std::size_t index, std::size_t column) const {
    const Cell& cell = cells.cells[index];
    if (cells.between != Cells::Between::spaces || column + 1 >= starts_.size()) {
        return cell.padding;
    }
    const std::size_t end = cell.start + cell.text.size() + (at_tab_stops() ? tab : border);
    return starts_[column + 1] - std::min(starts_[column + 1], end);
}

bool TableRows::continues(const Cells& cells) const {
    if (cells.between != Cells::Between::spaces) {
        return cells.cells.front().text.empty();
    }
    return starts_between_ == Cells::Between::spaces && !starts_.empty() &&
           cells.cells.front().start > starts_.front();
}

TableRow TableRows::full_row(const TableLine& line, const Cells& cells) {
    const std::size_t count = cells.cells.size();
    if (columns_ == 0) {
        columns_ = count;
    }
    const bool blank = cells.between != Cells::Between::bars &&
                       std::any_of(cells.cells.begin(), cells.cells.end(),
                                   [](const Cell& cell) { return cell.text.empty(); });
    if (count != columns_ || blank) {
        throw wrong(doing_, line,
                    "has " + (blank ? "an empty cell" : count_of_cells(count)) +
                        " where the table has " + std::to_string(columns_) +
                        " columns: it is cut off, or is no row of it");
    }
    note_starts(cells);
    TableRow row{line.number,
                 line.text,
                 cells.between,
                 {},
                 {},
                 false,
                 closed_columns(line, cells, count - 1)};
    for (std::size_t i = 0; i < count; ++i) {
        row.cells.push_back(cells.cells[i].text);
        row.slack.push_back(slack_of(cells, i, i));
    }
    within_deployment_ = true;
    return row;
}

TableRow TableRows::continuation(const TableLine& line, const Cells& cells) const {
    if (!within_deployment_) {
        throw wrong(doing_, line, row_above_is_missing);
    }
    if (cells.between != Cells::Between::spaces && cells.cells.size() > columns_) {
        throw wrong(doing_, line,
                    "has " + count_of_cells(cells.cells.size()) + " where the table has " +
                        std::to_string(columns_) + " columns");
    }
    TableRow row{line.number, line.text, cells.between, {}, {}, true, 0};
    row.cells.resize(columns_);
    row.slack.resize(columns_);
    std::size_t column = 0;
    for (std::size_t i = 0; i < cells.cells.size(); ++i) {
        column = column_of(line, cells, i);
        row.cells[column] = cells.cells[i].text;
        row.slack[column] = slack_of(cells, i, column);
    }
    row.closed = closed_columns(line, cells, column);
    return row;
}

std::size_t TableRows::column_of(const TableLine& line, const Cells& cells,
                                 std::size_t index) const {
    if (cells.between != Cells::Between::spaces) {
        return index;
    }
    const auto found = std::find(starts_.begin(), starts_.end(), cells.cells[index].start);
    if (found == starts_.end() || starts_.size() != columns_) {
        throw wrong(doing_, line, "no longer lines up with the columns above it");
    }
    return static_cast<std::size_t>(found - starts_.begin());
}

std::string name_of(std::size_t line, std::string_view text) {
    std::string words;
    while (!text.empty() && words.size() < bytes_shown) {
        const std::string_view word = text.substr(0, text.find_first_of(" \t"));
        words.append(word);
        text.remove_prefix(word.size());
        const std::size_t gap = std::min(text.find_first_not_of(" \t"), text.size());
        if (!words.empty() && gap < text.size()) {
            words.append(text.substr(0, gap) == " " ? " " : "  ");
        }
        text.remove_prefix(gap);
    }
    if (words.size() > bytes_shown) {
        words = words.substr(0, bytes_shown) + "...";
    }
    return "line " + std::to_string(line) + " (" + words + ")";
}

}  // namespace upkeep::bosh
