#include "system/clock.h"

#include <poll.h>

#include <algorithm>

namespace upkeep {

Moment SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Instant SystemClock::instant() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now());
}

void SystemClock::wait(Instant until, const Stop& stop) const {
    constexpr std::chrono::milliseconds longest_poll{3'600'000};
    while (true) {
        stop.throw_if_requested();
        const auto left = until - instant();
        if (left <= std::chrono::milliseconds::zero()) {
            return;
        }
        pollfd wanted{stop.descriptor(), POLLIN, 0};
        poll(&wanted, 1, static_cast<int>(std::min(left, longest_poll).count()));
    }
}

}  // namespace upkeep
