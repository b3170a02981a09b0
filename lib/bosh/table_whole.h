// Whether rows of a table are missing, told by those that are there.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bosh/table_columns.h"
#include "bosh/table_place.h"
#include "bosh/table_rows.h"
#include "core/failure.h"

namespace upkeep::bosh {

// unknown: a pipe's table, which never says where it ends. unframed: a terminal's, which does, but
// not here.
enum class Whole { yes, unknown, unframed, no };

// Given each row in turn. What it knows is written down in deployments_table.h.
class WholeTable {
  public:
    WholeTable(const TablePlace& place, Columns columns, const std::string& doing)
        : place_(place), columns_(columns), doing_(doing) {}

    // Throws where rows above this one are missing that belong to the same deployment, and where it
    // is from another table.
    void add(const TableRow& row);
    // Behind the last row. Throws where it was cut, where the rows are not as many as the footer
    // says, and where a row cannot be told to be of the deployment above it.
    Whole end() const;

    bool has_stemcell(const TableRow& row) const;

  private:
    Failure wrong(const TableRow& row, const std::string& why, const char* advice = use_json) const;
    void check_gap(const TableRow& row) const;
    void check_width(const TableRow& row, std::size_t column);
    void check_last() const;
    bool fills(const TableRow& row, std::size_t column) const;
    bool rows_are_missing() const;

    struct Width {
        std::size_t first = 0;  // between tabs, the padding included
        bool known = false;
        bool padded = false;   // in some row
        bool differs = false;  // between rows
        bool filled = false;   // by some cell, without padding
    };

    const TablePlace& place_;
    Columns columns_;
    const std::string& doing_;
    std::size_t full_ = 0;
    std::vector<Width> widths_;
    bool all_have_stemcells_ = true;
    bool closed_before_ = false;  // a row above the last has the end of each of its cells
    bool listed_before_ = false;  // the row above the last has no stemcell, so its list has ended
    TableRow last_;
    TableRow first_continuation_;  // line 0: there is none
};

}  // namespace upkeep::bosh
