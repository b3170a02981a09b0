#include "concourse_state.h"

#include <algorithm>
#include <utility>

#include "readers.h"

namespace standin {
namespace {

bool is_later(const ConcourseBuild* a, const ConcourseBuild* b) {
    return std::pair(a->place(), a->id) > std::pair(b->place(), b->id);
}

// Seconds are whole outside, and have fractions inside: what started in the second `to` started
// after it.
bool is_in(const ConcourseBuild& build, const Page& page) {
    if (page.by_time) {
        return build.start_time != 0 && (!page.from || build.start_time >= *page.from) &&
               (!page.to || build.start_time < *page.to);
    }
    return (!page.from || build.id >= *page.from) && (!page.to || build.id <= *page.to);
}

}  // namespace

ConcourseState::ConcourseState(ConcourseSettings settings) : settings_(std::move(settings)) {
    for (const ConcourseBuild& build : settings_.builds) {
        now_ = std::max({now_, build.start_time + 1, build.end_time + 1});
    }
    now_ = std::max(now_, seconds_now());
}

std::vector<ConcourseBuild*> ConcourseState::fitting(const Which& which, const Page& page) {
    std::vector<ConcourseBuild*> builds;
    for (ConcourseBuild& build : settings_.builds) {
        if (which(build) && is_in(build, page)) {
            builds.push_back(&build);
        }
    }
    std::sort(builds.begin(), builds.end(), is_later);
    return builds;
}

Listed ConcourseState::list(const Which& which, const Page& page) {
    Listed listed;
    listed.builds = fitting(which, page);
    const bool ascending = !page.by_time && page.from;
    if (ascending) {
        std::reverse(listed.builds.begin(), listed.builds.end());
    }
    listed.builds.resize(std::min(listed.builds.size(), page.limit));
    if (ascending && !page.to) {
        std::reverse(listed.builds.begin(), listed.builds.end());
    }
    if (!page.by_time && !listed.builds.empty()) {
        Page older;
        older.to = listed.builds.back()->id - 1;
        Page newer;
        newer.from = listed.builds.front()->id + 1;
        const auto before = fitting(which, older);
        const auto after = fitting(which, newer);
        listed.older = before.empty() ? std::nullopt : std::optional(before.front()->id);
        listed.newer = after.empty() ? std::nullopt : std::optional(after.back()->id);
    }
    for (ConcourseBuild* build : listed.builds) {
        look_at(*build);
    }
    return listed;
}

ConcourseBuild* ConcourseState::build(std::int64_t id) {
    const auto found = std::find_if(settings_.builds.begin(), settings_.builds.end(),
                                    [&](const auto& one) { return one.id == id; });
    return found == settings_.builds.end() ? nullptr : &*found;
}

bool ConcourseState::is_of(const ConcourseBuild& build, const ConcoursePipeline& pipeline,
                           const ConcourseJob& job) const {
    return build.pipeline && &settings_.pipelines[*build.pipeline] == &pipeline &&
           build.job == job.name;
}

ConcourseBuild* ConcourseState::next_of(const ConcoursePipeline& pipeline,
                                        const ConcourseJob& job) {
    std::int64_t last_ended = 0;
    std::vector<ConcourseBuild*> going;
    for (ConcourseBuild& build : settings_.builds) {
        if (!is_of(build, pipeline, job)) {
            continue;
        }
        if (!build.ended()) {
            going.push_back(&build);
        } else if (!build.rerun_of) {
            last_ended = std::max(last_ended, build.id);
        }
    }
    std::erase_if(going, [&](const ConcourseBuild* build) {
        return build->rerun_of && build->rerun_of != last_ended;
    });
    const auto first = std::min_element(going.begin(), going.end(),
                                        [](const auto* a, const auto* b) { return a->id < b->id; });
    return first == going.end() ? nullptr : *first;
}

void ConcourseState::look_at(ConcourseBuild& build) {
    if (build.status == "pending" && build.ends_after) {
        build.status = "started";
        build.start_time = now_++;
    } else if (build.runs() && build.ends_after && *build.ends_after == 0) {
        build.status = build.ends_as;
        build.end_time = now_++;
    } else if (build.runs() && build.ends_after) {
        --*build.ends_after;
    }
}

void ConcourseState::look_at(Paused& paused) {
    if (!paused.now || !paused.left) {
        return;
    }
    if (*paused.left == 0) {
        paused = Paused();
    } else {
        --*paused.left;
    }
}

// It waits, and starts when it is next asked after, unless it is held back by a pause.
ConcourseBuild& ConcourseState::trigger(ConcoursePipeline& pipeline, ConcourseJob& job,
                                        const std::string& by) {
    ConcourseBuild build;
    std::int64_t number = 0;
    for (const ConcourseBuild& other : settings_.builds) {
        build.id = std::max(build.id, other.id);
        number += is_of(other, pipeline, job) && !other.rerun_of ? 1 : 0;
    }
    ++build.id;
    build.team = pipeline.team;
    build.pipeline = static_cast<std::size_t>(&pipeline - settings_.pipelines.data());
    build.job = job.name;
    build.name = std::to_string(number + 1);
    build.status = "pending";
    build.created_by = by;
    if (!pipeline.paused.now) {
        build.ends_after = job.runs;
    }
    if (!job.outcomes.empty()) {
        build.ends_as = job.outcomes[std::min(job.triggered, job.outcomes.size() - 1)];
    }
    ++job.triggered;
    return settings_.builds.emplace_back(std::move(build));
}

void ConcourseState::abort(ConcourseBuild& build) {
    if (build.ended()) {
        return;
    }
    const ConcourseJob* const job = job_of(build);
    build.ends_as = "aborted";
    build.ends_after = job == nullptr ? 0 : job->hooks;
    if (build.status == "pending") {
        build.status = "aborted";
        build.end_time = now_++;
    }
}

void ConcourseState::pause(Paused& paused, const std::string& by) {
    if (!paused.now) {
        paused = {true, by, now_++, std::nullopt};
    }
}

ConcoursePipeline* ConcourseState::pipeline(std::string_view team, std::string_view name,
                                            const InstanceVars& vars) {
    const auto found =
        std::find_if(settings_.pipelines.begin(), settings_.pipelines.end(), [&](const auto& one) {
            return one.team == team && one.name == name && one.flat_vars() == vars;
        });
    return found == settings_.pipelines.end() ? nullptr : &*found;
}

ConcourseJob* ConcourseState::job_of(const ConcourseBuild& build) {
    return build.pipeline ? settings_.pipelines[*build.pipeline].job(build.job) : nullptr;
}

}  // namespace standin
