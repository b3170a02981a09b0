// A report as Markdown, for a pull request, an issue or a chat.
#pragma once

#include <string>

#include "core/report.h"
#include "present/overview.h"

namespace upkeep::present {

// The summary first, then what could not be looked at, a table of findings for each environment,
// what is ignored, and what was looked at.
std::string markdown(const Report& report);
std::string markdown(const NotLooked& not_looked);

}  // namespace upkeep::present
