// The source of `upkeep stemcells`, where the bosh CLI's environment completes its options.
#pragma once

#include <span>
#include <string>

#include "core/json.h"
#include "resource/resource.h"

namespace upkeep::stemcell {

// Adds the director that --director names, or BOSH_ENVIRONMENT where the options name no place.
// Returns what to say where that director cannot be looked at, or nothing. Throws Failure.
std::string complete_source(json::object& source, World& world);

std::span<const NameByHand> names_by_hand();

}  // namespace upkeep::stemcell
