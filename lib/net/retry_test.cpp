#include "net/retry.h"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using upkeep::RetryPolicy;
using upkeep::wait_before_next;

TEST_CASE("waits double, and end with the last try") {
    const RetryPolicy policy;
    CHECK(wait_before_next(policy, 1, 0ms, {}) == 500ms);
    CHECK(wait_before_next(policy, 2, 600ms, {}) == 1000ms);
    CHECK(wait_before_next(policy, 3, 2s, {}) == 2000ms);
    CHECK_FALSE(wait_before_next(policy, 4, 4s, {}));
}

TEST_CASE("what the server asks for is waited, unless it is too long") {
    const RetryPolicy policy;
    CHECK(wait_before_next(policy, 1, 0ms, 7s) == 7s);
    CHECK(wait_before_next(policy, 1, 0ms, 0s) == 500ms);
    CHECK(wait_before_next(policy, 1, 0ms, 20s) == 20s);
    CHECK_FALSE(wait_before_next(policy, 1, 0ms, 21s));
}

TEST_CASE("no try begins after the budget") {
    const RetryPolicy policy;
    CHECK(wait_before_next(policy, 1, 59s, {}) == 500ms);
    CHECK_FALSE(wait_before_next(policy, 1, 60s, {}));
    CHECK_FALSE(wait_before_next(policy, 1, 50s, 20s));
}

TEST_CASE("only what passes by itself is tried again") {
    for (const long status : {429, 502, 503, 504}) {
        CHECK(upkeep::is_passing(status));
    }
    for (const long status : {200, 301, 400, 401, 403, 404, 500, 501}) {
        CHECK_FALSE(upkeep::is_passing(status));
    }
}
