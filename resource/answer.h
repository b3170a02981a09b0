// What `in` and `out` answer.
#pragma once

#include <string>
#include <vector>

#include "core/finding.h"
#include "core/version.h"

namespace upkeep {

// {"version": ..., "metadata": [{"name": ..., "value": ...}]} on a line.
std::string answer_line(const VersionFields& version, const std::vector<Detail>& metadata);

}  // namespace upkeep
