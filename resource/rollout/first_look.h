// What is known of a job before it is triggered.
#pragma once

#include <optional>
#include <string>

#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

struct FirstLook {
    std::optional<atc::Build> going;  // a build that waits or runs already
    std::string
        obstacle;  // what keeps a build from starting: paused, archived, not there; or empty
    bool refuses_triggers = false;
};

// Throws what the Concourse does.
FirstLook first_look(atc::Concourse& concourse, const atc::JobRef& job);

}  // namespace upkeep::rollout
