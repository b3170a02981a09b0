// What can happen to the builds of a group: the events of a Concourse, and each step of a put that
// waits, with anything happening in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/throttle_model/algorithm.h"
#include "tests/throttle_model/state.h"

namespace throttle_model {

enum class Event : std::uint8_t {
    second,  // passes
    start,
    commit,
    begin,  // its step
    read,   // a part of the group
    ask,    // one question, or that there is none
    read_again,
    abort,
    lose_worker,
    end,
};
constexpr std::size_t event_kinds = 10;

struct Happening {
    Event event = Event::second;
    std::size_t build = 0;

    std::string text() const;
};

class Group {
  public:
    // The limit of each build.
    Group(std::vector<std::size_t> limits, const Algorithm& algorithm,
          bool place_holders_lose_workers = true)
        : limits_(std::move(limits)),
          algorithm_(algorithm),
          place_holders_lose_workers_(place_holders_lose_workers) {}

    std::size_t size() const { return limits_.size(); }
    std::size_t limit(std::size_t build) const { return limits_[build]; }
    std::size_t largest_limit() const;

    bool can_happen(const State& state, Happening what) const;
    void happen(State& state, Happening what) const;
    // Whether it is admitted when from now on nothing happens but its own step, with no more than
    // the round that it is in, and a whole one.
    bool would_be_admitted(State state, std::size_t build) const;

  private:
    Listed listed(const State& state, std::size_t build) const;
    Build shown(const State& state, std::size_t build) const;
    unsigned read_part(const State& state, std::size_t build, std::size_t part) const;
    void read(State& state, std::size_t build) const;
    bool ask(State& state, std::size_t build) const;  // whether it was the round's last

    std::vector<std::size_t> limits_;
    Algorithm algorithm_;
    bool place_holders_lose_workers_;
};

}  // namespace throttle_model
