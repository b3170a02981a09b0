#include "resource/rollout/gate.h"

#include "core/text.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

namespace {

constexpr std::chrono::seconds interval{3};

}  // namespace

std::optional<atc::Build> Gate::enter(const std::function<std::optional<atc::Build>()>& start) {
    const std::lock_guard lock(entering_);  // the others wait for the same
    while (!is_closed()) {
        if (has_place()) {
            auto build = start();
            if (build) {
                count(*build);
            }
            return build;
        }
        tools_.clock.wait(tools_.clock.instant() + interval, tools_.stop);
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
    if (failed) {
        count_failure();
    }
}

// A triggered build that has not started yet is in no list of those that run, so they are united.
bool Gate::has_place() {
    try {
        if (settings_.group.freeze) {
            if (const auto frozen = throttle::frozen(tools_.concourse, *settings_.group.freeze)) {
                say_once("waiting, frozen: " + frozen->text());
                return false;
            }
        }
        std::set<atc::BuildId> counted;
        for (const atc::Build& build :
             throttle::read_running_now(tools_.concourse, settings_.group, tools_.clock.now())) {
            counted.insert(build.id);
        }
        const std::lock_guard lock(mutex_);
        counted.insert(own_.begin(), own_.end());
        if (counted.size() < settings_.limit) {
            said_.clear();
            return true;
        }
        say_once("waiting, " + counted_text(counted.size()));
        return false;
    } catch (const atc::Refused&) {
        throw;
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        say_once(std::string("Concourse cannot be asked, waiting on: ") + failure.what());
        return false;
    }
}

std::string Gate::counted_text(std::size_t running) const {
    return counted(running, "build", "builds") + " of the group " +
           (running == 1 ? "runs" : "run") + ", limit " + std::to_string(settings_.limit);
}

void Gate::say_once(const std::string& state) {
    if (state != said_) {
        tools_.say(state);
        said_ = state;
    }
}

}  // namespace upkeep::rollout
