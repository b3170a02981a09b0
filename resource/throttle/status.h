// Who holds the places of a group, and who waits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atc/build.h"
#include "core/json.h"
#include "core/moment.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/settings.h"

namespace upkeep::throttle {

struct Status {
    struct Entry {
        atc::Build build;
        std::string url;
        std::string_view state;  // holds, waits, runs: see docs/rollout.md
    };
    Moment at;
    atc::JobPatterns jobs;
    std::optional<std::int64_t> limit;
    std::optional<atc::JobRef> freeze;  // that was asked for
    std::optional<Frozen> frozen;
    std::vector<Entry> entries;  // by rank
};

// Throws Refused, Failure.
Status read_status(atc::Concourse& concourse, const Group& group, std::optional<std::int64_t> limit,
                   Moment now);

// One line a build, for a terminal or a log; and the same as JSON (docs/rollout.md has its keys).
std::string status_table(const Status& status);
json::value status_json(const Status& status);

}  // namespace upkeep::throttle
