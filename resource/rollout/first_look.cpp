#include "resource/rollout/first_look.h"

namespace upkeep::rollout {

namespace {

std::string paused_text(const std::string& what, const atc::Pause& pause) {
    return what + " is paused" + (pause.by.empty() ? "" : " by " + pause.by);
}

}  // namespace

FirstLook first_look(atc::Concourse& concourse, const atc::JobRef& job) {
    const auto state = concourse.job(job);
    const auto pipeline = state ? concourse.pipeline(job) : std::nullopt;
    if (!state || !pipeline) {
        return {{}, "there is no such job", false};
    }
    FirstLook look{state->next, "", state->refuses_triggers};
    if (pipeline->archived) {
        look.obstacle = "its pipeline is archived";
    } else if (pipeline->paused) {
        look.obstacle = paused_text("its pipeline", *pipeline->paused);
    } else if (state->paused) {
        look.obstacle = paused_text("it", *state->paused);
    }
    return look;
}

}  // namespace upkeep::rollout
