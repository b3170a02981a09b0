#include "resource/rollout/rollout.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "core/text.h"
#include "net/parallel.h"
#include "resource/rollout/first_look.h"
#include "resource/rollout/gate.h"
#include "resource/rollout/patience.h"
#include "resource/rollout/ride.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

namespace {

constexpr std::size_t rides_at_once = 64;  // each has a thread, and a stream of events

// Of the group. Where it may not be read the gate says so.
std::vector<atc::Build> running_now(const Settings& settings, const Tools& tools) {
    try {
        return patiently(tools, settings.group.jobs.text(), [&] {
            return throttle::read_running_now(tools.concourse, settings.group, tools.clock.now());
        });
    } catch (const atc::Refused&) {
        return {};
    } catch (const Stopped&) {
        return {};
    }
}

FirstLook look_at(const atc::JobRef& job, const std::vector<atc::Build>& running,
                  const Tools& tools) {
    try {
        return patiently(tools, atc::shown(job),
                         [&] { return first_look(tools.concourse, job, running); });
    } catch (const atc::Refused& refused) {
        return {{}, refused.why(), false};
    } catch (const Stopped&) {
        return {};  // which the ride notices too
    }
}

std::vector<FirstLook> looks_at(const Stage& stage, const Settings& settings, const Tools& tools) {
    const std::vector<atc::Build> running = running_now(settings, tools);
    return parallel(stage.jobs, looks_at_once,
                    [&](const atc::JobRef& job) { return look_at(job, running, tools); });
}

std::vector<Result> run_stage(const Stage& stage, const Settings& settings, const Tools& tools) {
    Gate gate(settings, tools);
    if (!stage.name.empty()) {
        tools.display.say("stage " + stage.name + ": " + counted(stage.jobs.size(), "job", "jobs"));
    }
    const std::vector<FirstLook> looks = looks_at(stage, settings, tools);
    std::vector<std::size_t> order(looks.size());
    std::iota(order.begin(), order.end(), 0);
    // Those that run already first: what is triggered takes their places when they have ended.
    const auto others = std::stable_partition(order.begin(), order.end(), [&](std::size_t place) {
        return looks[place].going.has_value();
    });
    std::for_each(order.begin(), others,
                  [&](std::size_t place) { gate.count(*looks[place].going); });
    const auto going = static_cast<std::size_t>(others - order.begin());
    std::vector<Result> results(order.size());
    parallel(order, std::min(settings.limit + going, rides_at_once), [&](std::size_t place) {
        results[place] = ride(stage.jobs[place], stage.name, looks[place], gate, tools);
        return true;
    });
    return results;
}

bool pause(const Settings& settings, const Tools& tools) {
    if (settings.pause_between > std::chrono::seconds(0)) {
        tools.display.say("pause of " + text_of_length(settings.pause_between));
        try {
            tools.clock.wait(tools.clock.instant() + settings.pause_between, tools.stop);
        } catch (const Stopped&) {
            return false;
        }
    }
    return true;
}

std::vector<Result> not_begun(const Stage& stage, const std::string& reason) {
    std::vector<Result> results;
    results.reserve(stage.jobs.size());
    for (const atc::JobRef& job : stage.jobs) {
        results.push_back({job, stage.name, Outcome::not_triggered, {}, reason});
    }
    return results;
}

std::string_view to_text(Outcome outcome) {
    static constexpr std::array<std::string_view, 6> names{
        "not triggered", "cannot", "running", "failed", "succeeded", "green, still stale"};
    return names.at(static_cast<std::size_t>(outcome));
}

}  // namespace

std::vector<Result> roll_out(const std::vector<Stage>& plan, const Settings& settings,
                             const Tools& tools) {
    std::vector<Result> all;
    std::string stopped_at;  // why no further stage begins
    for (const Stage& stage : plan) {
        if (stopped_at.empty() && !all.empty() && !pause(settings, tools)) {
            stopped_at = "stopped";
        }
        std::vector<Result> results =
            stopped_at.empty() ? run_stage(stage, settings, tools) : not_begun(stage, stopped_at);
        if (stopped_at.empty() && !all_succeeded(results)) {
            stopped_at = stage.name.empty() ? "stopped" : "stage " + stage.name + " is not done";
        }
        std::move(results.begin(), results.end(), std::back_inserter(all));
    }
    return all;
}

bool all_succeeded(const std::vector<Result>& results) {
    return std::all_of(results.begin(), results.end(),
                       [](const Result& result) { return result.outcome == Outcome::succeeded; });
}

std::string results_text(const std::vector<Result>& results, const atc::Concourse& concourse) {
    std::string text;
    for (const Result& result : results) {
        const std::string state(to_text(result.outcome));
        text += state + std::string(20 - state.size(), ' ') +
                (result.build ? result.build->text() : atc::shown(result.job));
        text += result.build ? "  " + printable(concourse.url_of(*result.build)) : "";
        text += result.reason.empty() || result.reason == state
                    ? ""
                    : "  (" + printable(result.reason) + ")";
        text += "\n";
    }
    return text;
}

}  // namespace upkeep::rollout
