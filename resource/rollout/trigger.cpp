#include "resource/rollout/trigger.h"

#include <algorithm>
#include <cstddef>

#include "core/text.h"

namespace upkeep::rollout {

namespace {

constexpr std::size_t most_tries = 50;  // of six seconds and more; while Concourse is away, one

}  // namespace

atc::Refused TriggerOnce::no_such_job() const {
    return {"triggering " + atc::shown(job_), "there is no such job"};
}

// The list of its builds would not say so for good.
void TriggerOnce::require_job() {
    if (!tools_.concourse.job(job_)) {
        throw no_such_job();
    }
}

// The first after the newest that was there, ended or not.
std::optional<atc::Build> TriggerOnce::first_new_build() {
    auto builds = tools_.concourse.builds_from(job_, *newest_ + 1);
    std::erase_if(builds, [&](const atc::Build& build) {
        return build.id <= *newest_ || build.name.find('.') != std::string::npos;  // a re-run
    });
    const auto first =
        std::min_element(builds.begin(), builds.end(),
                         [](const atc::Build& a, const atc::Build& b) { return a.id < b.id; });
    return first == builds.end() ? std::nullopt : std::optional(*first);
}

atc::Build TriggerOnce::try_now() {
    const std::string name = atc::shown(job_);
    if (!newest_) {
        newest_ = tools_.concourse.newest_build(job_);
    } else if (auto late = first_new_build()) {
        return *late;
    }
    try {
        if (auto build = tools_.concourse.trigger(job_)) {
            return *build;
        }
        throw no_such_job();
    } catch (const Failure& failure) {
        if (!atc::may_pass(failure)) {
            throw;
        }
        saying_.say(name + ": whether it was triggered is not known, looking: " + failure.what());
        // What Concourse had under way when the connection broke is done by then.
        wait_a_little(tools_);
        const auto build = patiently(tools_, name, [&] {
            require_job();
            return first_new_build();
        });
        if (build) {
            return *build;
        }
        if (++failed_ >= most_tries) {
            throw atc::Refused("triggering " + name,
                               "it failed " + std::to_string(failed_) +
                                   " times, the last time so: " + failure.why());
        }
        throw;
    }
}

}  // namespace upkeep::rollout
