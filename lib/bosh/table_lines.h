// Lines of a table that was printed to a terminal or a pipe, and their cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace upkeep::bosh {

struct TableLine {
    std::size_t number = 0;  // from 1
    std::string text;
};

// Without the escapes that colour a terminal, the carriage returns at the ends and no-break spaces.
std::vector<TableLine> table_lines(std::string_view text);

struct Cell {
    std::size_t start = 0;    // where its text begins within the line, in bytes
    std::string text;         // without the spaces around it; may be empty, but not between spaces
    std::size_t padding = 0;  // spaces between the text and the tab that ends it
};

struct Cells {
    // What stands between them: tabs (bosh, to a pipe), at least two spaces (bosh, to a terminal),
    // or bars (the Ruby bosh before 2017).
    enum class Between { tabs, spaces, bars };
    Between between = Between::spaces;
    std::vector<Cell> cells;
};

// bosh has at most 6 columns. The last cell holds whatever would be more.
inline constexpr std::size_t most_cells = 16;

Cells split_cells(std::string_view line);

// Without the spaces around it.
std::string_view trimmed(std::string_view text);

}  // namespace upkeep::bosh
