#include "resource/throttle/freeze.h"

#include <chrono>

namespace upkeep::throttle {

std::string Frozen::text() const {
    std::string text = what + " is paused";
    if (!pause.by.empty()) {
        text += " by " + pause.by;
    }
    if (pause.since) {
        text += " since " + to_text(Moment(std::chrono::seconds(*pause.since)));
    }
    return text;
}

std::optional<Frozen> frozen(atc::Concourse& concourse, const atc::JobRef& job) {
    const auto state = concourse.job(job);
    const auto pipeline = state ? concourse.pipeline(job) : std::nullopt;
    if (!state || !pipeline) {
        throw atc::Refused(
            "looking whether deploys are frozen", "there is no job " + atc::to_text(job),
            "The source names it as `freeze`: has it or its pipeline been renamed or "
            "removed?");
    }
    if (state->paused) {
        return Frozen{atc::to_text(job), *state->paused};
    }
    if (pipeline->paused) {
        return Frozen{"the pipeline of " + atc::to_text(job), *pipeline->paused};
    }
    return std::nullopt;
}

}  // namespace upkeep::throttle
