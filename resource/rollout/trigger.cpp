#include "resource/rollout/trigger.h"

#include <algorithm>

#include "resource/rollout/patience.h"

namespace upkeep::rollout {

namespace {

// The first build of the job after this one, ended or not.
std::optional<atc::Build> first_after(atc::BuildId newest, const atc::JobRef& job,
                                      const Tools& tools) {
    auto builds = tools.concourse.builds_from(job, newest + 1);
    std::erase_if(builds, [&](const atc::Build& build) {
        return build.id <= newest || build.name.find('.') != std::string::npos;  // a re-run
    });
    const auto first =
        std::min_element(builds.begin(), builds.end(),
                         [](const atc::Build& a, const atc::Build& b) { return a.id < b.id; });
    return first == builds.end() ? std::nullopt : std::optional(*first);
}

}  // namespace

std::optional<atc::Build> trigger_once(const atc::JobRef& job, const Tools& tools) {
    const std::string name = atc::to_text(job);
    const atc::BuildId newest =
        patiently(tools, name, [&] { return tools.concourse.newest_build(job); });
    for (;;) {
        try {
            return tools.concourse.trigger(job);
        } catch (const atc::Refused&) {
            throw;
        } catch (const Stopped&) {
            throw;
        } catch (const Failure& failure) {
            tools.display.say(
                name + ": whether it was triggered is not known, looking: " + failure.what());
        }
        // What Concourse had under way when the connection broke is done by then.
        wait_a_little(tools);
        if (auto build = patiently(tools, name, [&] { return first_after(newest, job, tools); })) {
            return build;
        }
    }
}

}  // namespace upkeep::rollout
