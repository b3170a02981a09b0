// Which line the stemcell of a director's own VM belongs to: /info names only its operating system.
#pragma once

#include <string>
#include <vector>

#include "bosh/director_info.h"

namespace upkeep::bosh {

// The lines that it may belong to, the likeliest first: those of the deployments with the same
// operating system (FIPS lines share it), else the one that its CPI's stemcells have. Empty where
// neither tells. `lines` are the names that deployments list.
std::vector<std::string> own_lines(const DirectorInfo& info, const std::vector<std::string>& lines);

}  // namespace upkeep::bosh
