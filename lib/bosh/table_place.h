// Where the one table stands within what was printed or pasted.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bosh/table_lines.h"

namespace upkeep::bosh {

struct TableFooter {
    std::size_t line = 0;
    std::string_view text;
    std::size_t count = 0;
};

struct TablePlace {
    std::optional<Cells> header;
    std::string_view lines;      // from the first row to the last, and what may stand between
    std::size_t first_line = 1;  // its number
    std::optional<TableFooter> footer;
    bool ended = true;  // the last row is followed by a line feed
};

// `text` is cleaned(), and outlives the answer. Throws Failure(doing, ...) for the output of a bosh
// that failed or of another command, for a header without its footer, for rows outside of the
// table, and for a second table, because two directors may have deployments of one name.
TablePlace find_table(std::string_view text, const std::string& doing);

// Blank lines, greetings of bosh, prompts, the rules that the Ruby bosh draws: no rows.
bool is_around_table(std::string_view line);
// "--", which grep puts between groups of lines.
bool is_between_groups(std::string_view line);

inline constexpr const char* row_above_is_missing =
    "has no deployment's name, and the row that it continues is missing, as after grep";
inline constexpr const char* use_json =
    "Use the output of bosh deployments --json, from which nothing gets lost.";
inline constexpr const char* one_director_each =
    "Give what each director printed by itself, in a --source or a call of its own.";

}  // namespace upkeep::bosh
