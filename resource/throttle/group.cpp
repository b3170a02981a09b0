#include "resource/throttle/group.h"

#include <map>
#include <utility>

#include "core/text.h"

namespace upkeep::throttle {

Failure no_such_jobs(const atc::Concourse& concourse, const atc::JobPatterns& jobs) {
    return {"looking for the jobs " + jobs.text(), "there is none",
            "Is the pattern right, and may " + concourse.user() + " see them?"};
}

void require_roles(atc::Concourse& concourse, const atc::JobPatterns& jobs) {
    atc::require_viewer(concourse, jobs.teams(), "counting the builds of " + jobs.text());
}

namespace {

// Re-runs ("41.1") do not wait for their turn as other builds do.
bool may_hide_older(const atc::Build& next, Window window) {
    const bool is_rerun = next.name.find('.') != std::string::npos;
    return is_rerun || (next.status == atc::BuildStatus::started && next.started < window.from);
}

bool is_within(const atc::Build& build, Window window) {
    return build.status == atc::BuildStatus::started && *build.started < window.to;
}

// What the jobs say runs, and no list holds.
void require_ended(atc::Concourse& concourse, const atc::Build& missed,
                   const atc::JobPatterns& jobs) {
    const auto now = concourse.build(missed.id);
    if (now && !atc::has_ended(now->status)) {
        throw Failure("reading the builds of " + jobs.text(),
                      missed.text() + " runs, and the list of those that run lacks it",
                      "A web node that is behind may say so for a moment.");
    }
}

}  // namespace

std::vector<atc::Build> read_running(atc::Concourse& concourse, const atc::JobPatterns& jobs,
                                     Window window) {
    std::map<atc::BuildId, atc::Build> running;
    const auto add = [&](std::vector<atc::Build> builds) {
        for (atc::Build& build : builds) {
            if (build.status == atc::BuildStatus::started && !build.job.job.empty() &&
                jobs.matches(build.job)) {
                running.emplace(build.id, std::move(build));
            }
        }
    };
    // The jobs first: what then ends its wait in between starts within the window.
    const std::vector<atc::Job> all = concourse.jobs();
    for (const atc::Job& job : all) {
        if (job.next && may_hide_older(*job.next, window) && jobs.matches(job.ref)) {
            add(concourse.builds_from(job.ref, job.next->id));
        }
    }
    for (const std::string& team : jobs.teams()) {
        add(concourse.running_builds(team, window.from, window.to));
    }
    for (const atc::Job& job : all) {
        if (job.next && is_within(*job.next, window) && jobs.matches(job.ref) &&
            !running.contains(job.next->id)) {
            require_ended(concourse, *job.next, jobs);
        }
    }
    // After the reading: a role that was taken away before it would have left builds out.
    require_roles(concourse, jobs);
    std::vector<atc::Build> builds;
    builds.reserve(running.size());
    for (auto& [id, build] : running) {
        builds.push_back(std::move(build));
    }
    return builds;
}

std::vector<atc::Build> read_running_now(atc::Concourse& concourse, const Group& group,
                                         Moment now) {
    const auto oldest = now - group.longest_build - std::chrono::days(1);
    return read_running(concourse, group.jobs, {oldest.time_since_epoch().count(), atc::latest});
}

}  // namespace upkeep::throttle
