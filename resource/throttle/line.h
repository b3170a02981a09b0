// What stands ahead of one in line, and how it learns with few questions whether it may go on: when
// fewer than `limit` of them still run. What is ahead only shrinks, so that nothing has to be taken
// back, and nobody passes by: builds that start later rank later, and tickets are numbered upwards.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "atc/build.h"
#include "system/ticket_file.h"

namespace upkeep::throttle {

// By start, then by id. All have started.
std::vector<atc::Build> by_rank(std::vector<atc::Build> running);
// Those with an earlier rank than `mine`, by rank; the lower ones of tickets that are ascending.
std::vector<atc::Build> ahead_of(atc::Rank mine, std::vector<atc::Build> running);
std::vector<Ticket> ahead_of(Ticket mine, std::vector<Ticket> held);

template <typename Item>
class Line {
  public:
    Line(std::vector<Item> ahead, std::size_t limit) : ahead_(std::move(ahead)), limit_(limit) {}

    // A round: asks in order for each whether it still runs, and stops as soon as `limit` do.
    // Returns whether some did not. What `still_runs` throws ends the round.
    template <typename StillRuns>
    bool ask(StillRuns still_runs) {
        const std::size_t before = ahead_.size();
        begin_round();
        while (const Item* next = next_to_ask()) {
            take(still_runs(*next));
        }
        return ahead_.size() < before;
    }
    // The same question by question: each that next_to_ask() names, until it names none.
    void begin_round() { asked_ = 0; }
    const Item* next_to_ask() const {
        return asked_ < limit_ && asked_ < ahead_.size() ? &ahead_[asked_] : nullptr;
    }
    void take(bool runs) {
        if (runs) {
            ++asked_;
        } else {
            ahead_.erase(ahead_.begin() + static_cast<std::ptrdiff_t>(asked_));
        }
    }

    // After a round.
    bool has_place() const { return ahead_.size() < limit_; }

    const std::vector<Item>& ahead() const { return ahead_; }
    // How many lots of `limit` are to end before this one's: 1 for the first in line.
    std::size_t turn() const {
        return limit_ == 0 ? 1 : std::max<std::size_t>(1, ahead_.size() / limit_);
    }

  private:
    std::vector<Item> ahead_;  // those after the `limit` first may have ended
    std::size_t limit_;
    std::size_t asked_ = 0;
};

}  // namespace upkeep::throttle
