// The builds ahead of one, and how it learns with few questions whether it may go on.
//
// A build may go on when fewer than `limit` of its group that still run have an earlier rank.
// Builds that start later rank later, so that what is ahead only shrinks, once the builds that had
// started when this one had are known: nothing has to be taken back, and nobody passes by.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "atc/build.h"

namespace upkeep::throttle {

// Of the group's builds that run, those with an earlier rank than `mine`, by rank.
std::vector<atc::Build> ahead_of(atc::Rank mine, std::vector<atc::Build> running);

class Line {
  public:
    Line(std::vector<atc::Build> ahead, std::size_t limit)
        : ahead_(std::move(ahead)), limit_(limit) {}

    // A round: ask for each that this names whether it still runs, and say so, until it names none.
    // It names them by rank, and stops as soon as `limit` still run.
    void begin_round() { asked_ = 0; }
    const atc::Build* next_to_ask() const;
    void still_runs() { ++asked_; }
    void has_ended();

    // After a round.
    bool has_place() const { return ahead_.size() < limit_; }

    const std::vector<atc::Build>& ahead() const { return ahead_; }
    std::size_t limit() const { return limit_; }
    // How many lots of `limit` builds are to end before this one's: 1 for the first in line.
    std::size_t turn() const;

  private:
    std::vector<atc::Build> ahead_;  // by rank; those after the `limit` first may have ended
    std::size_t limit_;
    std::size_t asked_ = 0;
};

}  // namespace upkeep::throttle
