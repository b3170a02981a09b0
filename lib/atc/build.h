// Builds, jobs and pipelines, as Concourse's API presents them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "atc/job_ref.h"
#include "core/json.h"

namespace upkeep::atc {

using BuildId = std::int64_t;
// Whole seconds since 1970, by the clock of Concourse's database: to be compared with each other
// alone.
using DatabaseTime = std::int64_t;
inline constexpr DatabaseTime latest = 253'402'300'799;  // of the year 9999; a later one is refused

enum class BuildStatus { pending, started, succeeded, failed, errored, aborted };

std::string_view to_text(BuildStatus status);
bool has_ended(BuildStatus status);

struct Build {
    BuildId id = 0;
    std::string name;  // its number within the job, "41" or "41.1"
    JobRef job;        // of a one-off build or a check the job's name is empty
    BuildStatus status = BuildStatus::pending;
    std::optional<DatabaseTime> started;
    std::optional<DatabaseTime> ended;

    // "main/cf/deploy-cf #41"
    std::string text() const;
};

// The order in which builds have their turn: by start, then by id. Only of builds that have
// started.
struct Rank {
    DatabaseTime started = 0;
    BuildId id = 0;

    friend auto operator<=>(const Rank&, const Rank&) = default;
};
Rank rank_of(const Build& build);

struct Pause {
    std::string by;  // empty where Concourse does not know
    std::optional<DatabaseTime> since;

    // "paused by ann since 2026-11-23T17:54:02Z"
    std::string text() const;
};

struct Job {
    JobRef ref;
    std::optional<Pause> paused;
    bool refuses_triggers = false;  // disable_manual_trigger; known of a single job alone
    // The build with the lowest id of those that wait or run and are no re-run of an older one.
    std::optional<Build> next;
};

struct Pipeline {
    JobRef ref;  // without a job
    bool archived = false;
    std::optional<Pause> paused;
};

// Each throws Failure(doing, "... is no build ...") for what is none.
Build parse_build(const json::value& value, const std::string& doing);
Job parse_job_state(const json::value& value, const std::string& doing);
Pipeline parse_pipeline(const json::value& value, const std::string& doing);
// For what a pending build waits: "its input deployments (no versions available); builds of its job
// or of its serial groups, as many as may run at once". Empty where nothing blocks it.
std::string parse_preparation(const json::value& value, const std::string& doing);

}  // namespace upkeep::atc
