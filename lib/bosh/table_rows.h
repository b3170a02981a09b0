// The rows of one table of deployments, each cell in its column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bosh/table_lines.h"

namespace upkeep::bosh {

struct TableRow {
    std::size_t line = 0;
    std::string text;                // the line
    std::vector<std::string> cells;  // of every column; empty where a continuation row has none
    std::vector<std::size_t>
        slack;               // of every column: how much wider it is than the cell, if known
    bool continues = false;  // it has no name: more of the deployment above it
    // So many of the columns have their end within the line, so were not cut.
    std::size_t closed = 0;
};

// Throws Failure(doing, ...), naming the line, for a row with fewer or more cells than the others,
// for a continuation row without its deployment's row, and for one whose columns cannot be told. A
// line "--", which grep puts between groups, ends the deployment above it.
std::vector<TableRow> table_rows(const std::vector<TableLine>& lines, const Cells* header,
                                 const std::string& doing);

// Whether rows are missing for certain: bosh makes each column but the last as wide as its widest
// cell, so that somewhere a cell fills it.
bool rows_are_missing(const std::vector<TableRow>& rows);

// "line 3 (cf  capi/1.180.0 ...)"
std::string name_of(std::size_t line, std::string_view text);

inline constexpr const char* use_json =
    "Use the output of bosh deployments --json, from which nothing gets lost.";

}  // namespace upkeep::bosh
