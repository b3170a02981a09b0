// The source of a throttle, read.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "atc/job_pattern.h"
#include "core/fields.h"
#include "net/endpoint.h"
#include "system/environment.h"

namespace upkeep::throttle {

// Which builds count, and where. What a rollout and `throttle status` need too.
struct Group {
    atc::JobPatterns jobs;
    Endpoint concourse;  // without a host where ATC_EXTERNAL_URL is to be asked for it
    std::chrono::seconds longest_build{std::chrono::days(7)};
    std::optional<atc::JobRef> freeze;
};

// How `put` waits.
struct Waiting {
    std::optional<std::chrono::seconds> longest_wait;
    std::chrono::seconds settle{5};
};

struct Settings {
    Group group;
    std::int64_t limit = 0;
    Waiting waiting;
};

inline constexpr std::int64_t largest_limit = 1'000;

// Throw Failure with the key's path. A group by itself may name no jobs.
Group read_group(Fields& source, const EndpointDefaults& defaults);
Waiting read_waiting(Fields& source);
Settings read_settings(Fields& source, const EndpointDefaults& defaults);

// The endpoint, with the URL of ATC_EXTERNAL_URL where it has none of its own.
Endpoint concourse_of(Endpoint endpoint, const Environment& environment);

}  // namespace upkeep::throttle
