// Which jobs a rollout triggers, and in which stage.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atc/concourse.h"
#include "atc/job_pattern.h"

namespace upkeep::rollout {

struct PlannedJob {
    atc::JobRef job;
    std::string environment;  // of its findings; empty where only the job's name tells
};

struct Stage {
    std::string name;  // empty where there are none
    std::vector<atc::JobRef> jobs;
};

// A `jobs` file of a get (a job on each line), which is taken at its word, also where it is empty
// and has that name; or a findings.json, whose jobs are those of what is being mended now too.
// Throws Failure for one that is neither, and for a report of a look that failed as a whole or in
// part: not knowing is not "nothing to do".
std::vector<PlannedJob> read_jobs_file(std::string_view text, const std::string& name);

// The jobs of a Concourse that match, but for those of archived pipelines: in the order of the
// patterns, then in Concourse's. Throws Failure where none does.
std::vector<PlannedJob> jobs_that_match(atc::Concourse& concourse,
                                        const atc::JobPatterns& patterns);

// A job belongs to the stage that its environment is, else to the one whose name is a word of its
// own: main/deploy-cf/deploy-cf-staging, main/cf[env=staging]/deploy. Each job once, in the order
// given; stages without a job, and those after `until`, are not there. Throws Failure for a job of
// no stage or of several.
std::vector<Stage> in_stages(const std::vector<PlannedJob>& jobs,
                             const std::vector<std::string>& stages, const std::string& until);

// The group of a rollout that none is given for: the jobs of its plan by themselves.
atc::JobPatterns patterns_of(const std::vector<PlannedJob>& jobs);

// Sorted.
std::vector<std::string> teams_of(const std::vector<Stage>& plan);

}  // namespace upkeep::rollout
