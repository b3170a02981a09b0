// The rows of a table of deployments, each cell in its column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bosh/table_lines.h"
#include "bosh/table_place.h"

namespace upkeep::bosh {

struct TableRow {
    std::size_t line = 0;
    std::string_view text;  // the line
    Cells::Between between = Cells::Between::spaces;
    std::vector<std::string_view> cells;  // of every column; empty where a continuation has none
    std::vector<std::size_t> slack;       // of every column: how much wider than the cell, if known
    bool continues = false;               // it has no name: more of the deployment above it
    // So many of the columns have their end within the line, so were not cut.
    std::size_t closed = 0;
};

// One row after the other. A line "--", which grep puts between groups, ends the deployment above
// it.
class TableRows {
  public:
    TableRows(const TablePlace& place, const std::string& doing);

    // False behind the last. Throws Failure(doing, ...), naming the line, for a row with fewer or
    // more cells than the others, for a continuation row without its deployment's row, for one
    // whose columns cannot be told, and for more rows than any director has.
    bool next(TableRow& row);

  private:
    TableRow full_row(const TableLine& line, const Cells& cells);
    TableRow continuation(const TableLine& line, const Cells& cells) const;
    void note_starts(const Cells& cells);
    bool at_tab_stops() const;
    std::size_t slack_of(const Cells& cells, std::size_t index, std::size_t column) const;
    bool continues(const Cells& cells) const;
    std::size_t column_of(const TableLine& line, const Cells& cells, std::size_t index) const;

    const std::string& doing_;
    LineReader lines_;
    std::size_t count_ = 0;
    std::size_t columns_ = 0;          // 0 until known
    std::vector<std::size_t> starts_;  // of the columns, as in the header or the last full row
    Cells::Between starts_between_ = Cells::Between::spaces;
    bool within_deployment_ = false;
};

// "line 3 (cf  capi/1.180.0 ...)"
std::string name_of(std::size_t line, std::string_view text);

}  // namespace upkeep::bosh
