#include "resource/rollout/ride.h"

#include <utility>

#include "core/text.h"
#include "resource/rollout/log_tail.h"
#include "resource/rollout/patience.h"
#include "resource/rollout/trigger.h"

namespace upkeep::rollout {

namespace {

constexpr auto patience_with_start = std::chrono::minutes(1);
constexpr auto patience_with_look = std::chrono::minutes(5);
constexpr auto look_interval = std::chrono::seconds(10);

class Ride {
  public:
    Ride(const atc::JobRef& job, const std::string& stage, Gate& gate, const Tools& tools)
        : gate_(gate),
          tools_(tools),
          saying_(tools),
          away_(tools.clock),
          result_{job, stage, {}, {}, ""},
          trigger_(result_.job, tools) {}

    Result run(const FirstLook& look) {
        try {
            if (begin(look)) {
                follow();
            }
        } catch (const Stopped&) {
            result_.outcome = result_.build ? Outcome::running : Outcome::not_triggered;
            if (!result_.build && result_.reason.empty()) {
                result_.reason = "stopped";
            }
        }
        return std::move(result_);
    }

  private:
    bool begin(const FirstLook& look);
    void follow_going(const atc::Build& build);
    std::optional<atc::Build> look_and_trigger(const std::vector<atc::Build>& running);
    void follow();
    void say_that_it_waits();
    void read_events();
    void end();
    void end_of_log(std::string& text);
    std::string shown_line(const std::string& line);
    void look_again();
    bool is_still_stale();
    void cannot(const std::string& reason);
    void lose(Outcome outcome, const std::string& reason);
    std::string link() const { return tools_.concourse.url_of(*result_.build); }

    Gate& gate_;
    const Tools& tools_;
    Saying saying_;
    Away away_;
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
    if (const std::string why_not = look.why_not_triggered(); !why_not.empty()) {
        cannot(why_not);
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
            if (build->status != atc::BuildStatus::pending) {
                tools_.display.has_started(*build);
                read_events();
                continue;
            }
            // It has no events yet, and waits for ever where its job is paused.
            const auto look = first_look(tools_.concourse, result_.job, {});
            if (!look.obstacle.empty()) {
                lose(Outcome::cannot,
                     "it waits to start, and " + look.obstacle + "; it starts when that is over");
                return;
            }
            say_that_it_waits();
        } catch (const atc::Refused& refused) {
            gate_.close(result_.build->text() + " cannot be followed: " + refused.what());
            lose(Outcome::running, refused.why());
            return;
        } catch (const Failure& failure) {
            if (!atc::may_pass(failure)) {
                throw;
            }
            saying_.say(result_.build->text() + ": " + away_.text(failure));
        }
    }
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
        for (bool more = true; !events_ended_ && more;) {
            const std::uint64_t before = next_event_;
            read_events();
            more = next_event_ > before;
        }
        text += events_ended_ ? "" : "\n    its log could not be read to its end";
    } catch (const Failure& failure) {  // a stop, too: how it ended is known, and said
        text += std::string("\n    its log cannot be read: ") + failure.why();
    }
    bool first = true;
    for (const auto& tail : tail_.of_failed_steps()) {
        text += std::exchange(first, false) ? "" : "\n  and of the step that failed after it:";
        for (const std::string& line : tail) {
            text += "\n    " + shown_line(line);
        }
    }
}

// Those who read this log need not be those who may read the build's.
std::string Ride::shown_line(const std::string& line) {
    return tools_.concourse.signs_in_with(line)
               ? "(a line with the password or token of " + tools_.concourse.user() + ")"
               : printable(line);
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
        if (!tools_.is_still_stale || !is_still_stale()) {
            return;
        }
        result_.outcome = Outcome::still_stale;
        result_.reason = "its build succeeded, but a new look finds the same";
    } catch (const Stopped&) {
        result_.outcome = Outcome::cannot;
        result_.reason = "its build succeeded, but the stop came before the new look";
    } catch (const Failure&) {
        result_.outcome = Outcome::cannot;
        result_.reason = "its build succeeded, but looking again failed";
    }
    tools_.display.say(atc::shown(result_.job) + ": " + result_.reason);
}

// What is looked at may be away for a while, not least where it is what was deployed.
bool Ride::is_still_stale() {
    const Instant begun = tools_.clock.instant();
    while (true) {
        try {
            return tools_.is_still_stale(result_.job);
        } catch (const Stopped&) {
            throw;
        } catch (const Failure& failure) {
            saying_.say(atc::shown(result_.job) +
                        ": looking again failed, and is tried for 5 min: " + failure.what());
            if (tools_.clock.instant() >= begun + patience_with_look) {
                throw;
            }
        }
        tools_.clock.wait(tools_.clock.instant() + look_interval, tools_.stop);
    }
}

}  // namespace

Result ride(const atc::JobRef& job, const std::string& stage, const FirstLook& look, Gate& gate,
            const Tools& tools) {
    return Ride(job, stage, gate, tools).run(look);
}

}  // namespace upkeep::rollout
