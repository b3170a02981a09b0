// What a rollout would do, without doing it.
#pragma once

#include <string>
#include <vector>

#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

// The plan, a job on each line, with what is known of it beforehand: "(it is paused by ann)",
// "(#41 runs already: it would be followed)"; and whether all is frozen, or nothing could be
// triggered for want of a role: who may only see may see this. Throws what the Concourse does.
std::string dry_run(const std::vector<Stage>& plan, const Settings& settings,
                    atc::Concourse& concourse, Moment now);

}  // namespace upkeep::rollout
