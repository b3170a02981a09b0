#include "resource/rollout/rollout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "net/parallel.h"
#include "resource/rollout/gate.h"
#include "resource/rollout/ride.h"

namespace upkeep::rollout {

namespace {

constexpr std::size_t rides_at_once = 64;  // each has a thread, and a stream of events

bool all_succeeded(const std::vector<Result>& results) {
    return std::all_of(results.begin(), results.end(),
                       [](const Result& result) { return result.outcome == Outcome::succeeded; });
}

// Green is not yet current.
void look_again(std::vector<Result>& results, const Tools& tools) {
    std::set<std::string> stale;
    std::string failure;
    try {
        stale = tools.look_again();
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& error) {
        failure = error.what();
        tools.say("nothing is known of what was deployed: " + failure);
    }
    for (Result& result : results) {
        const bool green = result.outcome == Outcome::succeeded;
        if (green && (!failure.empty() || stale.contains(atc::to_text(result.job)))) {
            result.outcome = failure.empty() ? Outcome::still_stale : Outcome::cannot;
            result.reason = failure.empty() ? "its build succeeded, but a new look finds the same"
                                            : "its build succeeded, but looking again failed";
            tools.say(atc::to_text(result.job) + ": " + result.reason);
        }
    }
}

std::vector<Result> run_stage(const Stage& stage, const Settings& settings, const Tools& tools) {
    Gate gate(settings, tools);
    if (!stage.name.empty()) {
        tools.say("stage " + stage.name + ": " + counted(stage.jobs.size(), "job", "jobs"));
    }
    std::vector<Result> results =
        parallel(stage.jobs, std::clamp<std::size_t>(settings.limit, 1, rides_at_once),
                 [&](const atc::JobRef& job) { return ride(job, stage.name, gate, tools); });
    if (tools.look_again && !tools.stop.requested() && !results.empty()) {
        look_again(results, tools);
    }
    return results;
}

}  // namespace

std::string_view to_text(Outcome outcome) {
    static constexpr std::array<std::string_view, 6> names{
        "not triggered", "cannot", "running", "failed", "succeeded", "green, still stale"};
    return names.at(static_cast<std::size_t>(outcome));
}

std::vector<Result> roll_out(const std::vector<Stage>& plan, const Settings& settings,
                             const Tools& tools) {
    std::vector<Result> all;
    bool goes_on = true;
    bool first = true;
    for (const Stage& stage : plan) {
        if (goes_on && !first && settings.pause_between > std::chrono::seconds(0)) {
            tools.say("pause of " + text_of_length(settings.pause_between));
            try {
                tools.clock.wait(tools.clock.instant() + settings.pause_between, tools.stop);
            } catch (const Stopped&) {
                goes_on = false;
            }
        }
        if (!goes_on) {
            for (const atc::JobRef& job : stage.jobs) {
                all.push_back({job, stage.name, Outcome::not_triggered, {}, ""});
            }
            continue;
        }
        std::vector<Result> results = run_stage(stage, settings, tools);
        goes_on = all_succeeded(results) && !tools.stop.requested() &&
                  (settings.until.empty() || stage.name != settings.until);
        first = first && stage.jobs.empty();
        std::move(results.begin(), results.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace upkeep::rollout
