// What is deployed, from wherever the source says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bosh/deployment.h"
#include "bosh/director.h"
#include "resource/stemcell/settings.h"
#include "resource/world.h"

namespace upkeep::stemcell {

struct Deployed {
    bosh::ListedDeployments listed;
    std::string place;     // a path or a URL without secrets
    std::string identity;  // as whom, or empty
};

// From a director, from a file or a URL. Throw Failure, Stopped.
Deployed get_deployed(bosh::Director& director);
Deployed get_deployed(const DeploymentsPlace& place, World& world);

// The stemcell of the director's own VM, as a deployment that is called so.
inline constexpr const char* own_name = "director";

}  // namespace upkeep::stemcell
