// A clock whose time passes while somebody waits, and what is planned for it happens on the way.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <stdexcept>
#include <utility>

#include "system/clock.h"

class PlannedClock : public upkeep::Clock {
  public:
    upkeep::Moment now() const override { return wall; }
    upkeep::Instant instant() const override { return now_; }
    void wait(upkeep::Instant until, const upkeep::Stop& stop) const override {
        stop.throw_if_requested();
        if (until > upkeep::Instant(std::chrono::hours(24))) {
            throw std::logic_error("it would wait for ever");
        }
        while (!planned_.empty() && planned_.begin()->first <= until) {
            now_ = std::max(now_, planned_.begin()->first);
            const auto happen = planned_.begin()->second;
            planned_.erase(planned_.begin());
            happen();
        }
        now_ = std::max(now_, until);
        stop.throw_if_requested();
    }

    void at(std::chrono::seconds when, std::function<void()> happen) {
        planned_.emplace(upkeep::Instant(when), std::move(happen));
    }
    std::chrono::seconds seconds() const {
        return std::chrono::floor<std::chrono::seconds>(now_.time_since_epoch());
    }

    upkeep::Moment wall{};  // stands still

  private:
    mutable upkeep::Instant now_{};
    mutable std::multimap<upkeep::Instant, std::function<void()>> planned_;
};
