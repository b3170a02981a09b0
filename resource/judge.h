// From what a look saw to the report: `ignore`, `minimum_severity` and `jobs`.
#pragma once

#include "core/report.h"
#include "resource/resource.h"

namespace upkeep {

Report judge(Look look, const Kind& kind, const CommonKeys& keys, Moment now);

}  // namespace upkeep
