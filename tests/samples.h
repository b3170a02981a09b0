// Reports as a user may get them, for the tests of what presents them.
#pragma once

#include <string>
#include <vector>

#include "core/report.h"
#include "present/overview.h"

namespace upkeep::samples {

// Three stale deployments of staging; something ignored, a notice, something resolved.
Report few();
// Looked at and nothing found.
Report none();
// Four environments: findings, findings of which a part was not looked at, nothing, not looked at.
Report four_environments();
// 300 deployments in four environments.
Report many();
// All that comes from outside tries to do harm, in each place where it can stand.
Report hostile();
// The texts of which hostile() is made.
const std::vector<std::string>& hostile_texts();
// The same text, in each place where text can stand.
Report made_of(const std::string& text);

present::NotLooked not_looked();

}  // namespace upkeep::samples
