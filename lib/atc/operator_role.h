// Acting on a team's jobs needs more than to see them.
#pragma once

#include <string>

#include "atc/concourse.h"

namespace upkeep::atc {

// Throws Refused(doing, ...), which names the role that is missing.
void require_operator(Concourse& concourse, const std::string& team, const std::string& doing);

}  // namespace upkeep::atc
