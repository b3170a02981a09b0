#include "resource/rollout/ride.h"

#include "core/text.h"
#include "resource/rollout/log_tail.h"
#include "resource/rollout/patience.h"
#include "resource/rollout/trigger.h"

namespace upkeep::rollout {

namespace {

constexpr auto patience_with_start = std::chrono::minutes(1);
constexpr auto reminder = std::chrono::minutes(5);

class Ride {
  public:
    Ride(const atc::JobRef& job, const std::string& stage, Gate& gate, const Tools& tools)
        : gate_(gate),
          tools_(tools),
          saying_(tools),
          result_{job, stage, {}, {}, ""},
          trigger_(result_.job, tools) {}

    Result run(const FirstLook& look) {
        try {
            if (begin(look)) {
                follow();
            }
        } catch (const Stopped&) {
            result_.outcome = result_.build ? Outcome::running : Outcome::not_triggered;
        }
        return std::move(result_);
    }

  private:
    bool begin(const FirstLook& look);
    void follow_going(const atc::Build& build);
    std::optional<atc::Build> look_and_trigger(const std::vector<atc::Build>& running);
    void follow();
    bool has_started();
    void say_that_it_waits();
    void read_events();
    void end();
    void end_of_log(std::string& text);
    void look_again();
    void cannot(const std::string& reason);
    void lose(Outcome outcome, const std::string& reason);
    std::string link() const { return tools_.concourse.url_of(*result_.build); }

    Gate& gate_;
    const Tools& tools_;
    Saying saying_;
    Result result_;
    TriggerOnce trigger_;
    LogTail tail_;
    std::uint64_t next_event_ = 0;
    bool events_ended_ = false;
    std::optional<Instant> say_waiting_at_;
};

// Neither a failure nor done.
void Ride::cannot(const std::string& reason) {
    result_.outcome = Outcome::cannot;
    result_.reason = reason;
    tools_.display.say(atc::shown(result_.job) + " is not triggered: " + reason);
}

bool Ride::begin(const FirstLook& look) {
    if (look.going) {
        follow_going(*look.going);
        return true;
    }
    if (!look.obstacle.empty()) {
        cannot(look.obstacle);
        return false;
    }
    try {
        const auto build = gate_.enter(
            [&](const std::vector<atc::Build>& running) { return look_and_trigger(running); });
        if (!build && result_.outcome == Outcome::not_triggered) {
            result_.reason = gate_.why_closed();
        }
        return build.has_value();
    } catch (const atc::Refused& refused) {
        cannot(refused.why());
        return false;
    }
}

void Ride::follow_going(const atc::Build& build) {
    result_.build = build;
    gate_.count(build);
    const std::string state = build.status == atc::BuildStatus::pending ? "waits" : "runs";
    tools_.display.follows(build, state + " already, followed", link());
}

// Since the first look, and since the last try, hours may have passed.
std::optional<atc::Build> Ride::look_and_trigger(const std::vector<atc::Build>& running) {
    const auto look = first_look(tools_.concourse, result_.job, running);
    if (look.going) {
        follow_going(*look.going);
        return look.going;
    }
    if (const std::string why_not = look.why_not_triggered(); !why_not.empty()) {
        cannot(why_not);
        return std::nullopt;
    }
    if (!gate_.why_closed().empty()) {  // meanwhile
        return std::nullopt;
    }
    try {
        result_.build = trigger_.try_now();
    } catch (const Stopped&) {
        result_.reason = "it was being triggered when the stop came: look whether it runs";
        throw;
    }
    tools_.display.follows(*result_.build, "triggered", link());
    return result_.build;
}

// A build that is followed no more.
void Ride::lose(Outcome outcome, const std::string& reason) {
    gate_.leave(*result_.build, outcome == Outcome::failed);
    result_.outcome = outcome;
    result_.reason = reason;
    tools_.display.ended(*result_.build, result_.build->text() + " is followed no more: " + reason);
}

void Ride::follow() {
    for (;; wait_a_little(tools_)) {
        try {
            const auto build = tools_.concourse.build(result_.build->id);
            if (!build) {
                lose(Outcome::failed, "it has vanished, and its pipeline with it");
                return;
            }
            result_.build = build;
            if (atc::has_ended(build->status)) {
                end();
                return;
            }
            if (has_started()) {
                read_events();
            } else if (result_.outcome == Outcome::cannot) {
                return;
            }
        } catch (const Stopped&) {
            throw;
        } catch (const atc::Refused& refused) {
            lose(Outcome::running, refused.what());
            gate_.close(result_.build->text() + " cannot be followed");
            return;
        } catch (const Failure& failure) {
            saying_.say(result_.build->text() +
                        ": Concourse cannot be asked, waiting on: " + failure.what());
        }
    }
}

// A build that waits has no events yet, and waits for ever where its job is paused.
bool Ride::has_started() {
    if (result_.build->status != atc::BuildStatus::pending) {
        tools_.display.has_started(*result_.build);
        return true;
    }
    const std::string obstacle = first_look(tools_.concourse, result_.job, {}).obstacle;
    if (!obstacle.empty()) {
        lose(Outcome::cannot, "it waits to start, and " + obstacle);
    } else {
        say_that_it_waits();
    }
    return false;
}

// Its job may be busy, and an input may have no version for ever: nothing that Concourse calls a
// failure.
void Ride::say_that_it_waits() {
    const Instant now = tools_.clock.instant();
    if (!say_waiting_at_) {
        say_waiting_at_ = now + patience_with_start;
    }
    if (now < *say_waiting_at_) {
        return;
    }
    say_waiting_at_ = now + reminder;
    const std::string what = tools_.concourse.waits_for(result_.build->id);
    tools_.display.say(result_.build->text() + " waits to start" +
                       (what.empty() ? "" : ", for " + what) + ": " + link());
}

// Until it ends, or the stream breaks. Where there are no events to be had, follow() asks for the
// build itself.
void Ride::read_events() {
    try {
        events_ended_ = tools_.concourse.follow(
            result_.build->id, next_event_, [&](std::uint64_t number, const json::object& event) {
                tail_.take(event);
                next_event_ = number + 1;
            });
    } catch (const atc::Refused& refused) {
        saying_.say(result_.build->text() + ": its events cannot be read: " + refused.what());
    }
}

void Ride::end_of_log(std::string& text) {
    try {
        if (!events_ended_) {
            read_events();
        }
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        text += std::string("\n    its log cannot be read: ") + failure.why();
    }
    for (const std::string& line : tail_.of_failed_step()) {
        text += "\n    " + printable(line);
    }
}

void Ride::end() {
    const atc::Build& build = *result_.build;
    const bool succeeded = build.status == atc::BuildStatus::succeeded;
    std::string text = build.text() + " " + std::string(atc::to_text(build.status));
    if (build.started && build.ended) {
        text += " after " + text_of_length(std::chrono::seconds(*build.ended - *build.started));
    }
    text += ": " + link();
    result_.outcome = succeeded ? Outcome::succeeded : Outcome::failed;
    if (!succeeded) {
        gate_.leave(build, true);
        result_.reason = std::string(atc::to_text(build.status));
        end_of_log(text);
    }
    tools_.display.ended(build, text);
    if (succeeded) {
        look_again();
        gate_.leave(build, result_.outcome != Outcome::succeeded);
    }
}

// Green is not yet current. Until that is known it keeps its place, so that nothing is triggered
// after one that is not.
void Ride::look_again() {
    try {
        if (!tools_.look_again || !tools_.look_again().contains(atc::to_text(result_.job))) {
            return;
        }
        result_.outcome = Outcome::still_stale;
        result_.reason = "its build succeeded, but a new look finds the same";
    } catch (const Stopped&) {
        result_.outcome = Outcome::cannot;
        result_.reason = "its build succeeded, but the stop came before the new look";
    } catch (const Failure& failure) {
        result_.outcome = Outcome::cannot;
        result_.reason = "its build succeeded, but looking again failed";
        tools_.display.say(std::string("looking again failed: ") + failure.what());
    }
    tools_.display.say(atc::shown(result_.job) + ": " + result_.reason);
}

}  // namespace

Result ride(const atc::JobRef& job, const std::string& stage, const FirstLook& look, Gate& gate,
            const Tools& tools) {
    return Ride(job, stage, gate, tools).run(look);
}

}  // namespace upkeep::rollout
