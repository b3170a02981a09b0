// A report as text for a terminal, a build log or a file.
#pragma once

#include <string>

#include "core/report.h"
#include "present/overview.h"
#include "present/terminal.h"

namespace upkeep::present {

// One line a finding where it fits: how severe, on what, what, and the job that mends it; below a
// certain width these stand below each other. Grouped by environment. What could not be looked at
// stands above everything, what was looked at below. The only control characters are line feeds
// and, with colour, the codes of ink.h. Names longer than 200 columns and texts longer than 1,000
// are shortened.
std::string table(const Report& report, const TableStyle& style);
std::string table(const NotLooked& not_looked, const TableStyle& style);

}  // namespace upkeep::present
