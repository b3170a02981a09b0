// A report as one page that needs nothing else: no script, no asset, no network.
#pragma once

#include <string>
#include <string_view>

#include "core/report.h"
#include "present/overview.h"

namespace upkeep::present {

// Reads well on a telephone, in the dark, printed, by keyboard and aloud; nothing is said by colour
// alone. Its Content-Security-Policy allows its one style sheet, by hash, and nothing else.
std::string html(const Report& report, std::string_view title = "Upkeep report");
std::string html(const NotLooked& not_looked, std::string_view title = "Upkeep report");

}  // namespace upkeep::present
