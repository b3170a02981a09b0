// What is known of a job before it is triggered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

struct FirstLook {
    std::optional<atc::Build> going;  // a build that waits or runs already
    std::string
        obstacle;  // what keeps a build from starting: paused, archived, not there; or empty
    bool refuses_triggers = false;

    // Why none is triggered where none goes; or empty.
    std::string why_not_triggered() const;
    // Why the build that goes never starts; or empty.
    std::string why_it_waits() const;
};

inline constexpr std::size_t looks_at_once = 8;

// Throws what the Concourse does. A running re-run of an old build is not the job's next one, so
// that it is looked for among those of the group that run.
FirstLook first_look(atc::Concourse& concourse, const atc::JobRef& job,
                     const std::vector<atc::Build>& running);

}  // namespace upkeep::rollout
