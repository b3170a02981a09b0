// What a look says of a rollout's jobs: which are still to be run.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/report.h"
#include "resource/look_at_all.h"
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
// The sources that may.
std::vector<NamedSource> sources_of(const std::vector<NamedSource>& sources,
                                    const atc::JobRef& job);
// Throws Failure where there is none for a job of the plan, or none of its environment: what nobody
// looks at would seem not to be stale.
void require_sources(const std::vector<NamedSource>& sources, const std::vector<PlannedJob>& plan);

struct Due {
    std::vector<PlannedJob> jobs;      // of the plan, and stale
    std::vector<std::string> current;  // of the plan, and not stale
    std::string besides;               // stale, and none of the plan's, in words; or empty
};

// Throws Failure where none of the plan is stale, and other jobs are.
Due due_of(const std::vector<PlannedJob>& plan, const std::set<std::string>& stale);

}  // namespace upkeep::rollout
