// The tables within what was printed, pasted or concatenated, without what stands around them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bosh/table_lines.h"

namespace upkeep::bosh {

struct TableFooter {
    std::size_t line = 0;
    std::string text;
    std::size_t count = 0;
};

struct TableSection {
    std::optional<Cells> header;
    std::vector<TableLine> rows;  // without blank lines
    std::optional<TableFooter> footer;
    bool ended = true;  // the last row is followed by a line feed
};

// At least one. Throws Failure(doing, ...) for the output of a bosh that failed or of another
// command, for a header without its footer, and for rows outside of the tables.
std::vector<TableSection> table_sections(std::string_view text, const std::string& doing);

}  // namespace upkeep::bosh
