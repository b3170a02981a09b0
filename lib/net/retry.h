// The one retry mechanism: which answers are worth another try, how often, how long.
#pragma once

#include <chrono>
#include <optional>

namespace upkeep {

struct RetryPolicy {
    int tries = 4;
    std::chrono::milliseconds first_wait{500};  // doubled each time
    std::chrono::seconds longest_wait{20};      // a longer Retry-After is not waited for
    std::chrono::seconds budget{60};            // after it no new try begins
};

// The table: what is known of each service.
inline constexpr RetryPolicy usual_retries{};
inline constexpr RetryPolicy director_retries{.tries = 5};  // as the bosh CLI does

// How long to wait before the next try, or nothing when this was the last. `tried` counts from 1,
// `spent` is the time since the first began, `wanted` is what the server asked for (Retry-After).
std::optional<std::chrono::milliseconds> wait_before_next(
    const RetryPolicy& policy, int tried, std::chrono::milliseconds spent,
    std::optional<std::chrono::seconds> wanted);

// 429, 502, 503 and 504 pass by themselves, as a rule.
bool is_passing(long status);

}  // namespace upkeep
