#include "resource/throttle/freeze.h"

namespace upkeep::throttle {

std::string Frozen::text() const {
    return (by_pipeline ? "the pipeline of " : "") + atc::shown(job) + " is " + pause.text();
}

std::optional<Frozen> frozen(atc::Concourse& concourse, const atc::JobRef& job) {
    const auto state = concourse.job(job);
    const auto pipeline = state ? concourse.pipeline(job) : std::nullopt;
    if (!state || !pipeline) {
        throw atc::Refused(
            "looking whether deploys are frozen", "there is no job " + atc::shown(job),
            "The source names it as `freeze`: has it or its pipeline been renamed or "
            "removed?");
    }
    if (pipeline->archived) {
        throw atc::Refused(
            "looking whether deploys are frozen",
            "the pipeline of " + atc::shown(job) + " is archived, and so paused for good",
            "Set it again (fly set-pipeline), or name another job as `freeze`.");
    }
    if (state->paused) {
        return Frozen{job, false, *state->paused};
    }
    if (pipeline->paused) {
        return Frozen{job, true, *pipeline->paused};
    }
    return std::nullopt;
}

}  // namespace upkeep::throttle
