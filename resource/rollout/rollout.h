// Triggers jobs stage by stage, at most N at once, and follows their builds to the end.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "atc/concourse.h"
#include "resource/rollout/display.h"
#include "resource/rollout/plan.h"
#include "resource/throttle/settings.h"
#include "system/clock.h"

namespace upkeep::rollout {

enum class Outcome {
    not_triggered,  // because something failed before, or of a stop
    cannot,         // paused, no manual trigger, not there: see `reason`
    running,        // when it was stopped, or could be followed no more
    failed,         // failed, errored or aborted
    succeeded,
    still_stale,  // succeeded, but a new look finds the same
};

struct Result {
    atc::JobRef job;
    std::string stage;
    Outcome outcome = Outcome::not_triggered;
    std::optional<atc::Build> build;
    std::string reason;
};

struct Settings {
    throttle::Group group;  // whose running builds count against the limit; its freeze holds
    std::size_t limit = 3;
    std::size_t max_failures = 1;  // so many, and nothing more is triggered
    std::chrono::seconds pause_between{0};
};

struct Tools {
    atc::Concourse& concourse;
    const Clock& clock;
    const Stop& stop;
    Display& display;
    // Whether a new look still finds the job stale, one look at a time; null without a source.
    std::function<bool(const atc::JobRef& job)> is_still_stale;
};

// One result a job, in the order of the plan; those of stages that did not begin too. Once a build
// is triggered nothing is thrown: a stop ends it within milliseconds, with what it knows.
std::vector<Result> roll_out(const std::vector<Stage>& plan, const Settings& settings,
                             const Tools& tools);

bool all_succeeded(const std::vector<Result>& results);
// A line a job: how it ended, and the build's link.
std::string results_text(const std::vector<Result>& results, const atc::Concourse& concourse);

}  // namespace upkeep::rollout
