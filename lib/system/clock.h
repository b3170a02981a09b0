// The only place that reads a clock or sleeps. Virtual in tests.
#pragma once

#include <chrono>

#include "core/moment.h"
#include "system/stop.h"

namespace upkeep {

// Never set back, not even when the wall clock is; without a date.
using Instant = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    virtual Moment now() const = 0;  // of the wall clock
    virtual Instant instant() const = 0;
    // Returns at `until`, throws Stopped as soon as a stop is requested.
    virtual void wait(Instant until, const Stop& stop) const = 0;
};

class SystemClock : public Clock {
  public:
    Moment now() const override;
    Instant instant() const override;
    void wait(Instant until, const Stop& stop) const override;
};

}  // namespace upkeep
