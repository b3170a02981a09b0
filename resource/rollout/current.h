// What a look says of a rollout's jobs: which are still to be run.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/report.h"
#include "resource/rollout/plan.h"

namespace upkeep::rollout {

// Throws Failure for a finding without a job that a job could mend, or of which nobody knows.
void require_job_known(const Finding& finding, const std::string& looking);

// The jobs that the report names, of what is being mended now too: until it is mended it is not
// done. Throws Failure where a part was not looked at or not
// judged, because it may be stale too, and as require_job_known() does.
std::set<std::string> stale_jobs(const Report& report);

// Takes those out of the jobs that are not stale, and returns them.
std::vector<std::string> take_current(std::vector<PlannedJob>& jobs,
                                      const std::set<std::string>& stale);

}  // namespace upkeep::rollout
