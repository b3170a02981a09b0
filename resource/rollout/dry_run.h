// What a rollout would do, without doing it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

struct DryRun {
    std::string text;
    std::size_t in_the_way = 0;  // jobs that could be neither triggered nor followed
};

// The plan, a job on each line, with what is known of it beforehand: "(it is paused by ann)",
// "(#41 runs already: it would be followed)"; and whether all is frozen. Who may see the jobs may
// see this. Throws what the Concourse does.
DryRun dry_run(const std::vector<Stage>& plan, const Settings& settings, atc::Concourse& concourse,
               Moment now);

}  // namespace upkeep::rollout
