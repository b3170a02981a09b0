// One look at the stemcells of deployments.
#pragma once

#include "resource/resource.h"
#include "resource/stemcell/settings.h"

namespace upkeep::stemcell {

// Throws Failure where nothing can be judged: no deployments, none that is selected, no list.
Look look_at_stemcells(const Settings& settings, World& world);

}  // namespace upkeep::stemcell
