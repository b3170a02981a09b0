#include "net/retry.h"

#include <algorithm>

namespace upkeep {

std::optional<std::chrono::milliseconds> wait_before_next(
    const RetryPolicy& policy, int tried, std::chrono::milliseconds spent,
    std::optional<std::chrono::seconds> wanted) {
    if (tried >= policy.tries || (wanted && *wanted > policy.longest_wait)) {
        return std::nullopt;
    }
    std::chrono::milliseconds wait = policy.first_wait * (1U << static_cast<unsigned>(tried - 1));
    if (wanted) {
        wait = std::max(wait, std::chrono::milliseconds(*wanted));
    }
    return spent + wait > policy.budget ? std::nullopt
                                        : std::optional<std::chrono::milliseconds>(wait);
}

bool is_passing(long status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
}

}  // namespace upkeep
