// From what a look saw to the report: `ignore`, `minimum_severity` and `jobs`.
#pragma once

#include "core/report.h"
#include "resource/resource.h"

namespace upkeep {

// Throws Stopped, which is noticed at each finding.
Report judge(Look look, const Kind& kind, const LookingKeys& keys, Moment now, const Stop& stop);

// Whether what a version names and the report has not is gone. Not while a part could not be looked
// at, nor while something that the version does not name cannot be judged (a list that is empty for
// once): what that hides is not gone. Once it is named, it is how things are.
bool may_call_gone(const Report& report, const OpenSet& named);

// What the version names and is being mended now: still open.
std::vector<const Finding*> held_and_named(const Report& report, const OpenSet& named);

}  // namespace upkeep
