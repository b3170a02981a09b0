// Which builds of a group run, read completely.
#pragma once

#include <vector>

#include "atc/concourse.h"
#include "core/failure.h"
#include "resource/throttle/settings.h"

namespace upkeep::throttle {

// The seconds in which a build has started that is to be found by the list of builds.
struct Window {
    atc::DatabaseTime from = 0;
    atc::DatabaseTime to = 0;
};

// For patterns that no job matches: one that is misspelt must not look like a calm evening.
Failure no_such_jobs(const atc::Concourse& concourse, const atc::JobPatterns& jobs);

// Throws Refused where the client shows no role in a team of the patterns: what it may not see
// would look as if it did not run. read_running() asks after its reading, which is what counts;
// asked at the beginning it gives a better message than what the reading may run into.
void require_roles(atc::Concourse& concourse, const atc::JobPatterns& jobs);

// Every build of the group that runs and started before the window's end, with two exceptions for
// those that started before its begin: re-runs, and builds of jobs that are no longer in their
// pipeline. By which requests, and why nothing else is missed: docs/throttle.md. Throws Refused as
// require_roles() does, Failure where what is read contradicts itself.
std::vector<atc::Build> read_running(atc::Concourse& concourse, const atc::JobPatterns& jobs,
                                     Window window);

// The same where there is no build of one's own to measure by: `now`, our clock's, says what is too
// old for the list, and nothing else. A day makes up for a clock that is ahead of the database's.
// For one that is further ahead builds look older than they are, and are found by their jobs, with
// the two exceptions above.
std::vector<atc::Build> read_running_now(atc::Concourse& concourse, const Group& group, Moment now);

}  // namespace upkeep::throttle
