// The source of `upkeep stemcells`, where the bosh CLI's environment completes its options.
#pragma once

#include "core/json.h"
#include "resource/world.h"

namespace upkeep::stemcell {

// Adds the director that --director names, or BOSH_ENVIRONMENT where the options name no place.
// Throws Failure.
void complete_source(json::object& source, World& world);

}  // namespace upkeep::stemcell
