#include "resource/rollout/gate.h"

#include "core/text.h"
#include "resource/rollout/patience.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

std::optional<atc::Build> Gate::enter(const Start& start) {
    const std::lock_guard lock(entering_);
    while (why_closed().empty()) {
        std::vector<atc::Build> running;
        const std::string what = what_to_wait_for(running);
        tools_.display.waits_for(what);
        if (!why_closed().empty()) {  // meanwhile
            break;
        }
        if (what.empty()) {
            auto build = start(running);
            if (build) {
                count(*build);
            }
            return build;
        }
        wait_a_little(tools_);
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

// What runs is followed all the same.
void Gate::close(const std::string& why) {
    tools_.display.say("nothing more is triggered: " + why);
    const std::lock_guard lock(mutex_);
    why_closed_ = why;
}

std::string Gate::frozen_text() {
    const auto frozen = settings_.group.freeze
                            ? throttle::frozen(tools_.concourse, *settings_.group.freeze)
                            : std::nullopt;
    return frozen ? frozen->text() : "";
}

// A triggered build that has not started yet is in no list of those that run, so they are united.
std::size_t Gate::count(const std::vector<atc::Build>& running) const {
    const std::lock_guard lock(mutex_);
    std::set<atc::BuildId> all = own_;
    for (const atc::Build& build : running) {
        all.insert(build.id);
    }
    return all.size();
}

std::string Gate::what_to_wait_for(std::vector<atc::Build>& running) {
    try {
        if (const std::string frozen = frozen_text(); !frozen.empty()) {
            return "frozen, nothing is triggered: " + frozen;
        }
        running = throttle::read_running_now(tools_.concourse, settings_.group, tools_.clock.now());
        const std::size_t number = count(running);
        return number < settings_.limit
                   ? ""
                   : "waiting for a place: " + counted(number, "build", "builds") +
                         " of the group " + (number == 1 ? "runs" : "run") + ", limit " +
                         std::to_string(settings_.limit);
    } catch (const atc::Refused& refused) {
        close(refused.what());
        return "";
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        return std::string("Concourse cannot be asked, waiting on: ") + failure.what();
    }
}

}  // namespace upkeep::rollout
