// Straight blocking code, many at once.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <vector>

namespace upkeep {

// Calls f(item) for every item, at most `at_once` at a time, each call in one of as many threads,
// and returns the results in the order of the items. After the first exception no further call
// begins; it is rethrown when those under way have ended. Where the system gives fewer threads, it
// takes longer.
template <typename Item, typename F>
auto parallel(const std::vector<Item>& items, std::size_t at_once, F f) {
    using Result = std::invoke_result_t<F, const Item&>;
    std::vector<std::optional<Result>> results(items.size());
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr first_exception;

    const auto work = [&] {
        for (std::size_t i = next++; i < items.size(); i = next++) {
            try {
                results[i].emplace(f(items[i]));
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!first_exception) {
                    first_exception = std::current_exception();
                }
                next = items.size();
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        threads.reserve(at_once);
        for (std::size_t i = 1; i < at_once && i < items.size(); ++i) {
            try {
                threads.emplace_back(work);
            } catch (const std::system_error&) {
                break;
            }
        }
        work();
    }
    if (first_exception) {
        std::rethrow_exception(first_exception);
    }
    std::vector<Result> all;
    all.reserve(results.size());
    for (std::optional<Result>& result : results) {
        all.push_back(std::move(*result));
    }
    return all;
}

}  // namespace upkeep
