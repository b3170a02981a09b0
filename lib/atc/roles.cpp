#include "atc/roles.h"

#include <algorithm>

#include "atc/concourse.h"
#include "core/text.h"

namespace upkeep::atc {

namespace {

std::string advice_to_give(const std::string& role, const std::string& team) {
    return "Give it the role " + role + " there, or more: fly set-team --team-name " + team +
           " --config, with its user in the role's list.";
}

}  // namespace

bool Roles::can_see(const std::string& team) const {
    const auto found = teams.find(team);
    return admin || (found != teams.end() && !found->second.empty());
}

bool Roles::can_operate(const std::string& team) const {
    const auto found = teams.find(team);
    return admin || (found != teams.end() &&
                     std::any_of(found->second.begin(), found->second.end(),
                                 [](const std::string& role) { return role != "viewer"; }));
}

void require_viewer(Concourse& concourse, const std::vector<std::string>& teams,
                    const std::string& doing) {
    const Roles roles = concourse.roles();
    for (const std::string& team : teams) {
        if (!roles.can_see(team)) {
            throw Refused(doing,
                          concourse.user() + " has no role in the team " + team +
                              ", so that builds of its private pipelines would not be counted",
                          advice_to_give("viewer", team) + " Is the team's name right?");
        }
    }
}

void require_operator(Concourse& concourse, const std::string& team, const std::string& doing) {
    const Roles roles = concourse.roles();
    if (roles.can_operate(team)) {
        return;
    }
    const auto own = roles.teams.find(team);
    throw Refused(doing,
                  concourse.user() + (own == roles.teams.end() ? " has no role in the team " + team
                                                               : " is only " + joined(own->second) +
                                                                     " of the team " + team),
                  advice_to_give("pipeline-operator", team));
}

}  // namespace upkeep::atc
