#include "atc/operator_role.h"

#include "core/text.h"

namespace upkeep::atc {

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
                  "Give it the role pipeline-operator there, or more: fly set-team --team-name " +
                      team + " --config, with its user in the role's list.");
}

}  // namespace upkeep::atc
