#include "resource/rollout/gate.h"

#include "core/text.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

namespace {

constexpr std::size_t named_others = 5;

}  // namespace

std::optional<atc::Build> Gate::enter(const Start& start) {
    return patiently(tools_, "", [&] { return enter_once(start); });
}

std::optional<atc::Build> Gate::enter_once(const Start& start) {
    const std::lock_guard lock(entering_);
    std::optional<std::vector<atc::Build>> running;
    for (; why_closed().empty(); wait_a_little(tools_)) {
        const std::string what = what_to_wait_for(running);
        tools_.display.waits_for(what);
        if (!why_closed().empty()) {  // meanwhile
            break;
        }
        if (what.empty()) {
            auto build = start(*running);
            if (build) {
                count(*build);
            }
            return build;
        }
    }
    tools_.display.waits_for("");
    return std::nullopt;
}

void Gate::count(const atc::Build& build) {
    const std::lock_guard lock(mutex_);
    own_.insert(build.id);
}

void Gate::leave(const atc::Build& build, bool failed) {
    const std::lock_guard lock(mutex_);
    own_.erase(build.id);
    failures_ += failed ? 1 : 0;
    if (failures_ >= settings_.max_failures && why_closed_.empty()) {
        why_closed_ = counted(failures_, "job", "jobs") + " failed";
    }
}

std::string Gate::why_closed() const {
    const std::lock_guard lock(mutex_);
    return why_closed_;
}

void Gate::close(const std::string& why) {
    {
        const std::lock_guard lock(mutex_);
        if (!why_closed_.empty()) {
            return;
        }
        why_closed_ = why;
    }
    tools_.display.say("nothing more is triggered: " + why);
}

std::string Gate::why_frozen() {
    const auto frozen = settings_.group.freeze
                            ? throttle::frozen(tools_.concourse, *settings_.group.freeze)
                            : std::nullopt;
    return frozen ? "frozen, nothing is triggered: " + frozen->text() : "";
}

std::set<atc::BuildId> Gate::own_builds() const {
    const std::lock_guard lock(mutex_);
    return own_;
}

// A triggered build that has not started yet is in no list of those that run, so they are united.
std::size_t Gate::count(const std::vector<atc::Build>& running) const {
    std::set<atc::BuildId> all = own_builds();
    for (const atc::Build& build : running) {
        all.insert(build.id);
    }
    return all.size();
}

// Of its own builds it is known already that they run.
std::string Gate::names_of_others(const std::vector<atc::Build>& running) const {
    const std::set<atc::BuildId> own = own_builds();
    std::vector<std::string> names;
    for (const atc::Build& build : running) {
        if (!own.contains(build.id)) {
            names.push_back(build.text());
        }
    }
    return names.empty() ? "" : "; of others: " + first_few(names, named_others);
}

// Of those that ran when all was read some have ended, and who has come since would only be more:
// while they fill the group they alone are asked for, until so many are found that still run.
bool Gate::is_still_full(std::vector<atc::Build>& running) {
    const std::set<atc::BuildId> own = own_builds();
    std::size_t number = own.size();
    std::vector<atc::Build> left;
    for (const atc::Build& build : running) {
        if (number >= settings_.limit) {
            left.push_back(build);
        } else if (!own.contains(build.id)) {
            const auto now = tools_.concourse.build(build.id);
            if (now && !atc::has_ended(now->status)) {
                left.push_back(build);
                ++number;
            }
        }
    }
    running = std::move(left);
    return number >= settings_.limit;
}

std::string Gate::why_full(std::optional<std::vector<atc::Build>>& running) {
    const bool still_full = running && is_still_full(*running);
    if (!still_full) {
        running = throttle::read_running_now(tools_.concourse, settings_.group, tools_.clock.now());
    }
    const std::size_t number = count(*running);
    return !still_full && number < settings_.limit
               ? ""
               : "waiting for a place: " + counted(number, "build", "builds") + " of the group " +
                     (number == 1 ? "runs" : "run") + ", limit " + std::to_string(settings_.limit) +
                     names_of_others(*running);
}

// The freeze first, which takes two requests, and again when there is a place: the reading may have
// taken long.
std::string Gate::what_to_wait_for(std::optional<std::vector<atc::Build>>& running) {
    try {
        std::string what = why_frozen();
        if (what.empty()) {
            what = why_full(running);
        }
        return what.empty() ? why_frozen() : what;
    } catch (const atc::Refused& refused) {
        close(refused.what());
        return "";
    } catch (const Failure& failure) {
        if (!atc::may_pass(failure)) {
            throw;
        }
        return away_.text(failure);
    }
}

}  // namespace upkeep::rollout
