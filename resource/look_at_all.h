// Several sources, looked at side by side, in one report.
#pragma once

#include <string>
#include <vector>

#include "core/report.h"
#include "resource/request.h"
#include "resource/world.h"

namespace upkeep {

struct NamedSource {
    std::string name;  // of the file it is from, for messages
    Source source;
    std::string hint = {};  // to be said where it cannot be looked at, or empty
};

struct LookedAtAll {
    Report report;               // a source that failed is a coverage with its failure
    bool source_failed = false;  // at least one as a whole
};

// Throws Failure where not a single source could be looked at: then there is no report. Stopped for
// a stop.
LookedAtAll look_at_all(const std::vector<NamedSource>& sources, World& world);

}  // namespace upkeep
