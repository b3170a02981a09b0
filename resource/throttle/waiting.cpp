#include "resource/throttle/waiting.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"
#include "resource/throttle/line.h"

namespace upkeep::throttle {

namespace {

using namespace std::chrono_literals;

constexpr auto interval = 3s;  // between the rounds of the first in line
constexpr auto longest_interval = 60s;
constexpr auto first_contact = 60s;  // for which a Concourse may be away at the start
constexpr auto reminder = 5min;      // between two lines that say the same
constexpr std::size_t named_ahead = 5;
constexpr const char* advice_on_0 =
    "Raise `limit` in the throttle's source and in the step's params, of which the smaller counts; "
    "what waits already keeps the limit with which it began, so abort it and start it anew.";

class Wait {
  public:
    Wait(const Settings& settings, std::size_t limit, atc::BuildId id, const Waiter& waiter)
        : settings_(settings),
          limit_(limit),
          id_(id),
          waiter_(waiter),
          begun_(waiter.clock.instant()),
          began_at_(waiter.clock.now()) {}

    Admitted run() {
        ask_until_answered([&] { read_own_build(); });
        answered_ = true;
        waiter_.clock.wait(begun_ + settings_.waiting.settle, waiter_.stop);
        ask_until_answered([&] { read_line(); });
        while (!ask([&] { return may_go_on(); }).value_or(false)) {
            wait_a_turn();
        }
        return {own_, line_->ahead().size(),
                std::chrono::floor<std::chrono::seconds>(waiter_.clock.instant() - begun_)};
    }

  private:
    void read_own_build();
    atc::Build require_own_build() const;
    void read_line();
    void read_line_again();
    bool may_go_on();
    void wait_a_turn();
    void say_where_we_are();
    std::string ahead_text() const;
    std::string age_text(const atc::Build& build) const;
    [[noreturn]] void give_up() const;
    // Unless what is the same has been said less than five minutes ago.
    void say_once(const std::string& same, const std::string& text);

    // What f returns; nothing where Concourse cannot be asked now, which is said.
    template <typename F>
    std::optional<bool> ask(F f) {
        try {
            const bool answer = f();
            away_.reset();
            return answer;
        } catch (const Failure& failure) {
            const bool too_long = !answered_ && waiter_.clock.instant() >= begun_ + first_contact;
            if (too_long || !atc::may_pass(failure)) {
                throw;
            }
            away_ = failure.what();
            say_once("away", "Concourse cannot be asked, waiting on: " + *away_);
            return std::nullopt;
        }
    }

    template <typename F>
    void ask_until_answered(F f) {
        while (!ask([&] {
            f();
            return true;
        })) {
            wait_a_turn();
        }
    }

    const Settings& settings_;
    const std::size_t limit_;
    const atc::BuildId id_;
    const Waiter& waiter_;
    const Instant begun_;
    const Moment began_at_;
    bool answered_ = false;
    std::optional<std::string> away_;  // why Concourse could not be asked the last time
    atc::Build own_;
    std::optional<Line<atc::Build>> line_;
    std::size_t in_group_ = 0;
    Instant line_read_{};
    std::optional<Frozen> frozen_;
    std::string said_;
    Instant said_at_{};
};

void Wait::read_own_build() {
    require_roles(waiter_.concourse, settings_.group.jobs);
    own_ = require_own_build();
    if (settings_.group.freeze) {
        frozen(waiter_.concourse, *settings_.group.freeze);
    }
}

// Refuses what waiting does not mend. That may come true later, too: a forced abort ends the build
// at once and may leave this program behind, and a new name takes its job out of the group.
atc::Build Wait::require_own_build() const {
    const std::string doing = "looking for build " + std::to_string(id_);
    const auto build = waiter_.concourse.build(id_);
    if (!build) {
        throw atc::Refused(doing, "there is no such build at " + waiter_.concourse.place(),
                           "Is concourse.url that of the Concourse that runs this build?");
    }
    if (build->job.job.empty()) {
        throw atc::Refused(doing, "it is of no job",
                           "A one-off build is not counted: run this in a job of the group.");
    }
    if (!settings_.group.jobs.matches(build->job)) {
        throw atc::Refused(doing,
                           "its job " + atc::shown(build->job) + " is none of the group's, " +
                               settings_.group.jobs.text(),
                           "Add it to `jobs`: else nobody would wait for this build.");
    }
    if (atc::has_ended(build->status)) {
        throw atc::Refused(doing, "it has ended: " + std::string(to_text(build->status)));
    }
    if (build->status != atc::BuildStatus::started) {
        throw Failure(doing, "Concourse says that it has not started",
                      "A web node that is behind may say so for a moment.");
    }
    return *build;
}

void Wait::read_line() {
    const atc::DatabaseTime started = *own_.started;
    // Start times have fractions: the builds of this one's own second are to be within.
    const Window window{started - settings_.group.longest_build.count(), started + 1};
    auto running = read_running(waiter_.concourse, settings_.group.jobs, window);
    if (std::none_of(running.begin(), running.end(),
                     [&](const atc::Build& build) { return build.id == id_; })) {
        require_own_build();
        throw Failure("reading the builds of " + settings_.group.jobs.text(),
                      "this build, " + own_.text() + ", is not among them",
                      "A web node that is behind may say so for a moment.");
    }
    in_group_ = running.size();
    line_.emplace(ahead_of(atc::rank_of(own_), std::move(running)), limit_);
    line_read_ = waiter_.clock.instant();
}

// Of those that nobody asked for some have ended. Nothing depends on it, so that lists that cannot
// be read then are left for the next time.
void Wait::read_line_again() {
    try {
        read_line();
    } catch (const Failure& failure) {
        if (!atc::may_pass(failure)) {
            throw;
        }
        line_read_ = waiter_.clock.instant();
    }
}

bool Wait::may_go_on() {
    if (waiter_.clock.instant() >= line_read_ + reminder) {
        read_line_again();
    }
    line_->ask([&](const atc::Build& ahead) {
        const auto build = waiter_.concourse.build(ahead.id);
        return build && !atc::has_ended(build->status);
    });
    frozen_.reset();
    if (line_->has_place() && settings_.group.freeze) {
        frozen_ = frozen(waiter_.concourse, *settings_.group.freeze);
    }
    return line_->has_place() && !frozen_;
}

void Wait::wait_a_turn() {
    if (line_ && !away_) {
        say_where_we_are();
    }
    const Instant now = waiter_.clock.instant();
    const auto turn = line_ && !away_ ? line_->turn() : 1;
    Instant until =
        now + std::min<std::chrono::seconds>(interval * static_cast<int>(turn), longest_interval);
    if (settings_.waiting.longest_wait) {
        if (now >= begun_ + *settings_.waiting.longest_wait) {
            give_up();
        }
        until = std::min(until, begun_ + *settings_.waiting.longest_wait);
    }
    waiter_.clock.wait(until, waiter_.stop);
}

void Wait::say_where_we_are() {
    if (limit_ == 0) {
        say_once("limit 0", std::string("the limit is 0: nothing is admitted. ") + advice_on_0);
        return;
    }
    const std::size_t place = line_->ahead().size() + 1;
    const std::string limit = ", limit " + std::to_string(limit_);
    if (frozen_) {
        say_once(frozen_->text(),
                 "frozen: " + frozen_->text() + "; place " + std::to_string(place) + limit);
        return;
    }
    std::string ids;
    for (const atc::Build& build : line_->ahead()) {
        ids += " " + std::to_string(build.id);
    }
    say_once(ids, "place " + std::to_string(place) + " of " +
                      std::to_string(std::max(in_group_, place)) + limit +
                      "; ahead: " + ahead_text());
}

void Wait::say_once(const std::string& same, const std::string& text) {
    const Instant now = waiter_.clock.instant();
    if (same != said_ || now >= said_at_ + reminder) {
        waiter_.say(text);
        said_ = same;
        said_at_ = now;
    }
}

// By Concourse's clock where it can be, because two may not agree. What this build did before it
// came to the put is by ours, and nothing where ours is behind.
std::string Wait::age_text(const atc::Build& build) const {
    using std::chrono::seconds;
    const auto at_start = seconds(*own_.started - *build.started);
    const auto before_put = began_at_.time_since_epoch() - seconds(*own_.started);
    return text_of_length(at_start + std::max(before_put, seconds(0)) +
                          std::chrono::floor<seconds>(waiter_.clock.instant() - begun_));
}

std::string Wait::ahead_text() const {
    std::vector<std::string> names;
    for (const atc::Build& build : line_->ahead()) {
        names.push_back(build.text() + " (" + age_text(build) + ", " +
                        waiter_.concourse.url_of(build) + ")");
    }
    return first_few(names, named_ahead);
}

void Wait::give_up() const {
    const std::string doing = "waiting for a place among " + settings_.group.jobs.text();
    const std::string why =
        "longest_wait (" + to_text(*settings_.waiting.longest_wait) + ") is over; ";
    if (!line_ || away_) {
        throw Failure(doing, why + "Concourse could not be asked: " + away_.value_or("not yet"));
    }
    if (limit_ == 0) {
        throw Failure(doing, why + "the limit is 0", advice_on_0);
    }
    if (frozen_) {
        throw Failure(doing, why + "frozen: " + frozen_->text());
    }
    throw Failure(doing,
                  why + "the limit is " + std::to_string(limit_) + ", ahead: " + ahead_text(),
                  "Does one of them hang?");
}

}  // namespace

Admitted wait_for_place(const Settings& settings, std::size_t limit, atc::BuildId build,
                        const Waiter& waiter) {
    return Wait(settings, limit, build, waiter).run();
}

}  // namespace upkeep::throttle
