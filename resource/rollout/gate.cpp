#include "resource/rollout/gate.h"

#include "core/text.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

std::optional<atc::Build> Gate::enter(const std::function<std::optional<atc::Build>()>& start) {
    const std::lock_guard lock(entering_);
    for (; why_closed().empty(); wait_a_little(tools_)) {
        if (has_place()) {
            auto build = start();
            if (build) {
                count(*build);
            }
            return build;
        }
    }
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
        why_closed_ = counted(failures_, "build", "builds") + " failed";
    }
}

std::string Gate::why_closed() const {
    const std::lock_guard lock(mutex_);
    return why_closed_;
}

// What runs is followed all the same.
void Gate::close(const std::string& why) {
    tools_.say("nothing more is triggered: " + why);
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
std::size_t Gate::count_running() {
    std::set<atc::BuildId> running;
    for (const atc::Build& build :
         throttle::read_running_now(tools_.concourse, settings_.group, tools_.clock.now())) {
        running.insert(build.id);
    }
    const std::lock_guard lock(mutex_);
    running.insert(own_.begin(), own_.end());
    return running.size();
}

bool Gate::has_place() {
    try {
        if (const std::string frozen = frozen_text(); !frozen.empty()) {
            saying_.say("frozen, nothing is triggered: " + frozen);
            return false;
        }
        if (const std::size_t running = count_running(); running >= settings_.limit) {
            saying_.say("waiting for a place: " + counted(running, "build", "builds") +
                        " of the group " + (running == 1 ? "runs" : "run") + ", limit " +
                        std::to_string(settings_.limit));
            return false;
        }
        saying_.forget();
        return true;
    } catch (const atc::Refused& refused) {
        close(refused.what());
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        saying_.say(std::string("Concourse cannot be asked, waiting on: ") + failure.what());
    }
    return false;
}

}  // namespace upkeep::rollout
