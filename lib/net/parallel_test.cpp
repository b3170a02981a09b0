#include "net/parallel.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

using upkeep::parallel;

TEST_CASE("results come in the order of the items") {
    std::vector<int> items(1000);
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i] = static_cast<int>(i);
    }
    const auto results = parallel(items, 8, [](int item) { return std::to_string(item); });
    REQUIRE(results.size() == items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        CHECK(results[i] == std::to_string(i));
    }
    CHECK(parallel(std::vector<int>{}, 8, [](int item) { return item; }).empty());
}

TEST_CASE("as many as wanted run at once, and no more") {
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    int most = 0;
    int begun = 0;
    parallel(std::vector<int>(6), 3, [&](int) {
        std::unique_lock lock(mutex);
        most = std::max(most, ++inside);
        const int end_of_round = begun++ / 3 * 3 + 3;
        changed.notify_all();
        changed.wait(lock, [&] { return begun >= end_of_round; });
        --inside;
        return 0;
    });
    CHECK(most == 3);
}

TEST_CASE("the first exception ends it and arrives") {
    std::atomic<int> begun = 0;
    const auto call = [&] {
        parallel(std::vector<int>(1000), 2, [&](int) -> int {
            ++begun;
            throw std::runtime_error("no");
        });
    };
    CHECK_THROWS_WITH(call(), "no");
    CHECK(begun <= 2);
}
