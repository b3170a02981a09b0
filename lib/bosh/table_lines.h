// Lines of a table that was printed to a terminal or a pipe, and their cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace upkeep::bosh {

// The text without the escapes that colour a terminal, the carriage returns at the ends of lines
// and no-break spaces. All below points into it.
std::string cleaned(std::string_view text);

struct TableLine {
    std::size_t number = 0;  // from 1
    std::string_view text;
};

// One line after the other, so that a long table takes no more memory than its text.
class LineReader {
  public:
    explicit LineReader(std::string_view text, std::size_t first = 1)
        : rest_(text), number_(first) {}

    // False at the end of the text.
    bool next(TableLine& line);
    std::string_view rest() const { return rest_; }
    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    std::size_t number_;
};

struct Cell {
    std::size_t start = 0;    // where its text begins within the line, in bytes
    std::string_view text;    // without the spaces around it; may be empty, but not between spaces
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

}  // namespace upkeep::bosh
