// What a client may see and do, a team at a time. What it may not see looks as if it were not
// there, so this is asked where that would make an answer wrong.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace upkeep::atc {

class Concourse;

struct Roles {
    bool admin = false;
    std::map<std::string, std::vector<std::string>> teams;

    // Sees all builds of the team, the private ones too.
    bool can_see(const std::string& team) const;
    // Every role but viewer.
    bool can_operate(const std::string& team) const;
};

// Both throw Refused(doing, ...), which names the role that is missing.
void require_viewer(Concourse& concourse, const std::vector<std::string>& teams,
                    const std::string& doing);
void require_operator(Concourse& concourse, const std::string& team, const std::string& doing);

}  // namespace upkeep::atc
