#include "resource/rollout/first_look.h"

#include <algorithm>

namespace upkeep::rollout {

std::string FirstLook::why_not_triggered() const {
    return obstacle.empty() && refuses_triggers
               ? "it takes no manual trigger (disable_manual_trigger)"
               : obstacle;
}

std::string FirstLook::why_it_waits() const {
    return going && going->status == atc::BuildStatus::pending ? obstacle : "";
}

FirstLook first_look(atc::Concourse& concourse, const atc::JobRef& job,
                     const std::vector<atc::Build>& running) {
    const auto state = concourse.job(job);
    const auto pipeline = state ? concourse.pipeline(job) : std::nullopt;
    if (!state || !pipeline) {
        return {{}, "there is no such job", false};
    }
    FirstLook look{state->next, "", state->refuses_triggers};
    const auto found = std::find_if(running.begin(), running.end(),
                                    [&](const atc::Build& build) { return build.job == job; });
    if (!look.going && found != running.end()) {
        look.going = *found;
    }
    if (pipeline->archived) {
        look.obstacle = "its pipeline is archived";
    } else if (pipeline->paused) {
        look.obstacle = "its pipeline is " + pipeline->paused->text();
    } else if (state->paused) {
        look.obstacle = "it is " + state->paused->text();
    }
    return look;
}

}  // namespace upkeep::rollout
