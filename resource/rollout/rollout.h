// Triggers jobs stage by stage, at most N at once, and follows their builds to the end.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "atc/concourse.h"
#include "resource/rollout/plan.h"
#include "resource/throttle/settings.h"
#include "system/clock.h"

namespace upkeep::rollout {

enum class Outcome {
    not_triggered,  // because something failed before, or of a stop
    cannot,         // paused, no manual trigger, not there: see `reason`
    running,        // when it was stopped
    failed,         // failed, errored or aborted
    succeeded,
    still_stale,  // succeeded, but a new look finds the same
};

std::string_view to_text(Outcome outcome);

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
    std::string until;  // the last stage; empty: all
};

struct Tools {
    atc::Concourse& concourse;
    const Clock& clock;
    const Stop& stop;
    std::function<void(const std::string& line)> say;
    // The jobs that a new look still finds stale; null without a source.
    std::function<std::set<std::string>()> look_again;
};

// One result a job, in the order of the plan; those of stages that did not begin too. A stop ends
// it within milliseconds, with what it knows. Throws Failure only where Concourse cannot be asked
// at all.
std::vector<Result> roll_out(const std::vector<Stage>& plan, const Settings& settings,
                             const Tools& tools);

}  // namespace upkeep::rollout
