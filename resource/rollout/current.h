// What a look says of a rollout's jobs: which are still to be run.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/report.h"
#include "resource/rollout/plan.h"

namespace upkeep::rollout {

// The jobs that the report's findings name. Throws Failure where a part was not looked at or not
// judged, because it may be stale too, and for a finding that a job could mend and that names none.
std::set<std::string> stale_jobs(const Report& report);

// Takes those out of the jobs that are not stale, and returns them.
std::vector<std::string> take_current(std::vector<PlannedJob>& jobs,
                                      const std::set<std::string>& stale);

}  // namespace upkeep::rollout
