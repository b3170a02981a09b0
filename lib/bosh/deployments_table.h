// The deployments from a table that bosh printed for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bosh/deployment.h"

namespace upkeep::bosh {

// As bosh-cli's ui/table and ui/non_tty_ui.go print it:
// - To a terminal: "Using environment ...", a header, rows with at least two spaces between the
//   columns, "~" for the name of the row above, "N deployments", "Succeeded".
// - To a pipe: rows alone, each cell but the last padded, each ended by a tab.
// A deployment takes as many rows as its longest list; all but the first have an empty name. An
// empty list is "-". Also read: what went through grep, lost its tabs on the way through a terminal
// or a chat, or comes from the Ruby bosh (| and +---+).
//
// What tells a whole table from one that was cut:
// - A terminal's table is whole when "N deployments" follows and N is the number of its names. With
//   a header but without that line it was cut, and is refused.
// - Of a pipe's table each row ends with its last tab and a line feed. One that does not was cut,
//   and is refused. Behind a line feed nothing tells whether more followed: `doubt` says so.
// - A terminal's table without header and count went through grep or was pasted in part: `missing`
//   says that rows may be.
// - Without tabs, the end of a row cannot be seen. A last row without a line feed (pasted) is read
//   when something follows its stemcell, or its list of them has ended before.
// - Each column but the last is as wide as its widest cell, and in all rows alike. Where no cell
//   fills it, rows are missing: `missing` says so. Where rows differ in it, or a name comes back
//   after others (bosh sorts by name), two tables were put together, and they are refused: two
//   directors may have deployments of one name.
// Throws Failure(doing, ...) for what is refused and for what is no table.
ListedDeployments parse_deployments_table(std::string_view text, const std::string& doing);

}  // namespace upkeep::bosh
