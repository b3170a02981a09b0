#include "resource/rollout/ride.h"

#include "core/text.h"
#include "resource/rollout/log_tail.h"

namespace upkeep::rollout {

namespace {

constexpr std::chrono::seconds interval{3};

class Ride {
  public:
    Ride(const atc::JobRef& job, const std::string& stage, Gate& gate, const Tools& tools)
        : gate_(gate), tools_(tools), result_{job, stage, Outcome::not_triggered, {}, ""} {}

    Result run() {
        try {
            if (begin()) {
                follow();
            }
        } catch (const Stopped&) {
            result_.outcome = result_.build ? Outcome::running : Outcome::not_triggered;
        }
        return std::move(result_);
    }

  private:
    bool begin();
    bool trigger();
    void follow();
    void wait_for_start();
    void read_events();
    void end();
    bool cannot(const std::string& reason);

    Gate& gate_;
    const Tools& tools_;
    Result result_;
    LogTail tail_;
    std::uint64_t next_event_ = 0;
};

bool Ride::cannot(const std::string& reason) {
    result_.outcome = Outcome::cannot;
    result_.reason = reason;
    gate_.count_failure();
    tools_.say(atc::to_text(result_.job) + ": " + reason);
    return false;
}

// What keeps a build of the job from starting, or nothing.
std::string obstacle(const std::optional<atc::Job>& job,
                     const std::optional<atc::Pipeline>& pipeline) {
    if (!job || !pipeline) {
        return "there is no such job";
    }
    if (pipeline->archived) {
        return "its pipeline is archived";
    }
    if (pipeline->paused) {
        return "its pipeline is paused" +
               (pipeline->paused->by.empty() ? "" : " by " + pipeline->paused->by);
    }
    if (job->paused) {
        return "it is paused" + (job->paused->by.empty() ? "" : " by " + job->paused->by);
    }
    return "";
}

bool Ride::begin() {
    const auto job = tools_.concourse.job(result_.job);
    if (job && job->next) {
        result_.build = job->next;
        gate_.count(*result_.build);
        tools_.say(result_.build->text() +
                   " runs already, followed: " + tools_.concourse.url_of(*result_.build));
        return true;
    }
    const auto pipeline = job ? tools_.concourse.pipeline(result_.job) : std::nullopt;
    if (const std::string why = obstacle(job, pipeline); !why.empty()) {
        return cannot(why);
    }
    if (job->refuses_triggers) {
        return cannot("it takes no manual trigger (disable_manual_trigger)");
    }
    return trigger();
}

bool Ride::trigger() {
    try {
        result_.build = gate_.enter([&] { return tools_.concourse.trigger(result_.job); });
    } catch (const atc::Refused& refused) {
        return cannot(refused.why());
    }
    if (!result_.build) {
        return gate_.is_closed() ? false : cannot("there is no such job");
    }
    tools_.say(result_.build->text() + " triggered: " + tools_.concourse.url_of(*result_.build));
    return true;
}

void Ride::follow() {
    for (;;) {
        try {
            wait_for_start();
            if (!atc::has_ended(result_.build->status)) {
                read_events();
            }
            const auto build = tools_.concourse.build(result_.build->id);
            if (!build) {
                gate_.leave(*result_.build, true);
                result_.outcome = Outcome::failed;
                result_.reason = "its pipeline has vanished";
                tools_.say(result_.build->text() + ": " + result_.reason);
                return;
            }
            result_.build = build;
            if (atc::has_ended(build->status)) {
                end();
                return;
            }
        } catch (const Stopped&) {
            throw;
        } catch (const Failure& failure) {
            tools_.say(result_.build->text() + ": waiting on: " + failure.what());
        }
        tools_.clock.wait(tools_.clock.instant() + interval, tools_.stop);
    }
}

// A build that waits has no events yet, and waits for ever where its job is paused meanwhile.
void Ride::wait_for_start() {
    std::string said;
    while (result_.build->status == atc::BuildStatus::pending) {
        const auto build = tools_.concourse.build(result_.build->id);
        if (!build || build->status != atc::BuildStatus::pending) {
            result_.build = build ? build : result_.build;
            return;
        }
        const auto why =
            obstacle(tools_.concourse.job(result_.job), tools_.concourse.pipeline(result_.job));
        if (!why.empty() && why != said) {
            tools_.say(result_.build->text() + " waits to start: " + why);
            said = why;
        }
        tools_.clock.wait(tools_.clock.instant() + interval, tools_.stop);
    }
}

void Ride::read_events() {
    tools_.concourse.follow(result_.build->id, next_event_,
                            [&](std::uint64_t number, const json::object& event) {
                                tail_.take(event);
                                next_event_ = number + 1;
                            });
}

void Ride::end() {
    const atc::Build& build = *result_.build;
    const bool succeeded = build.status == atc::BuildStatus::succeeded;
    gate_.leave(build, !succeeded);
    result_.outcome = succeeded ? Outcome::succeeded : Outcome::failed;
    const auto took =
        build.started && build.ended
            ? " after " + text_of_length(std::chrono::seconds(*build.ended - *build.started))
            : "";
    std::string line = build.text() + " " + std::string(atc::to_text(build.status)) + took + ": " +
                       tools_.concourse.url_of(build);
    if (!succeeded) {
        result_.reason = std::string(atc::to_text(build.status));
        for (const std::string& last : tail_.of_failed_step()) {
            line += "\n    " + printable(last);
        }
    }
    tools_.say(line);
}

}  // namespace

Result ride(const atc::JobRef& job, const std::string& stage, Gate& gate, const Tools& tools) {
    return Ride(job, stage, gate, tools).run();
}

}  // namespace upkeep::rollout
