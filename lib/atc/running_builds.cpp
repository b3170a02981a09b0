// A team's builds that run, found by the time of their start.
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "atc/concourse.h"
#include "atc/not_a_concourse.h"
#include "core/text.h"

namespace upkeep::atc {

namespace {

// Where a part that was full is cut in two: where half of what it held has started before.
DatabaseTime middle_of(std::vector<DatabaseTime>& starts, DatabaseTime from, DatabaseTime to) {
    const auto half = starts.begin() + static_cast<std::ptrdiff_t>(starts.size() / 2);
    std::nth_element(starts.begin(), half, starts.end());
    return std::clamp(*half, from + 1, to - 1);
}

}  // namespace

// An admin has a role in every team, also in one whose name is misspelt.
void Concourse::no_builds_of(const std::string& team, const std::string& doing) {
    bool is_there = false;
    const Ask ask{"GET", "/api/v1/teams"};
    each(ask, send(ask), "teams", [&](const json::value& item) {
        const json::object* object = item.if_object();
        is_there = is_there || (object != nullptr && text_in(*object, "name") == team);
    });
    if (!is_there) {
        throw Refused(doing, "there is no team " + team, "Is its name right?");
    }
    throw no_list(doing, "");
}

std::vector<Build> Concourse::running_builds(const std::string& team, DatabaseTime from,
                                             DatabaseTime to) {
    const Ask ask{"GET", "/api/v1/teams/" + percent_encoded(team) + "/builds",
                  "timestamps=true&from=" + std::to_string(from) + "&to=" + std::to_string(to) +
                      "&limit=" + std::to_string(builds_of_a_part)};
    const std::string doing = this->doing(ask);
    std::vector<Build> running;
    std::vector<DatabaseTime> starts;  // of those that have ended, too
    const HttpReply reply = send(ask);
    if (reply.status == 404) {
        no_builds_of(team, doing);
    }
    each(ask, reply, "builds", [&](const json::value& item) {
        Build build = parse_build(item, doing);
        const DatabaseTime started = build.started.value_or(from);
        if (build.job.team != team) {
            throw other_than_asked_for(doing, "the team " + in_brief(build.job.team));
        }
        if (started < from || started > to) {  // cutting the window in two would have no end
            throw other_than_asked_for(doing, build.text() + ", which started at another time");
        }
        starts.push_back(started);
        if (build.status == BuildStatus::started) {
            running.push_back(std::move(build));
        }
    });
    if (starts.size() < builds_of_a_part) {
        return running;
    }
    // Such a list says nothing of having been cut: one that is full may have been.
    if (to - from <= 1) {
        throw Refused(doing, "more than " + std::to_string(builds_of_a_part - 1) +
                                 " builds started within a second, so that one could be missed");
    }
    const DatabaseTime middle = middle_of(starts, from, to);
    running = running_builds(team, from, middle);
    // Start times have fractions: what started within the second `middle` may be in either part.
    const std::vector<Build> later = running_builds(team, middle, to);
    std::set<BuildId> known;
    for (const Build& build : running) {
        known.insert(build.id);
    }
    std::copy_if(later.begin(), later.end(), std::back_inserter(running),
                 [&](const Build& build) { return !known.contains(build.id); });
    return running;
}

}  // namespace upkeep::atc
