// The deployments from a table that bosh printed for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bosh/deployment.h"

namespace upkeep::bosh {

// As bosh-cli's ui/table and ui/non_tty_ui.go print it:
// - To a terminal: "Using environment ...", a header, rows with at least two spaces between the
// columns, "~"
//   for the name of the row above, "N deployments", "Succeeded". With a header, the footer is
//   required and its number must be that of the rows: a table without it was cut.
// - To a pipe: rows alone, each cell padded and ended by a tab.
// A deployment takes as many rows as its longest list; all but the first have an empty name. An
// empty list is "-". Also read: what went through grep, lost its tabs on the way through a terminal
// or a chat, or comes from the Ruby bosh (| and +---+). Throws Failure(doing, ...) otherwise.
std::vector<Deployment> parse_deployments_table(std::string_view text, const std::string& doing);

}  // namespace upkeep::bosh
