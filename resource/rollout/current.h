// What a look says of a rollout's jobs: which are still to be run.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/report.h"
#include "resource/request.h"
#include "resource/rollout/plan.h"

namespace upkeep::rollout {

// Throws Failure for a finding without a job that a job could mend, or of which nobody knows.
void require_job_known(const Finding& finding, const std::string& looking);

// The jobs that the report names, each as to_text() writes it, of what is being mended now too:
// until it is mended it is not done. Throws Failure where a part was not looked at or not judged,
// because it may be stale too, and as require_job_known() does.
std::set<std::string> stale_jobs(const Report& report);

// Whether findings of the source can name the job at all: else that none does says nothing of it.
bool may_name(const Source& source, const atc::JobRef& job);

// Takes those out of the jobs that are not stale, and returns them. Throws Failure where that is
// all of them, and other jobs are stale.
std::vector<std::string> take_current(std::vector<PlannedJob>& jobs,
                                      const std::set<std::string>& stale);

// The stale ones that are none of the jobs, in words; or empty.
std::string stale_besides(const std::vector<PlannedJob>& jobs, const std::set<std::string>& stale);

}  // namespace upkeep::rollout
