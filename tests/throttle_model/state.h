// Builds of one group as Concourse's database has them, and how far the step of each has got.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace throttle_model {

constexpr std::size_t most_builds = 4;
using Packed = std::uint64_t;
using Index = std::uint8_t;  // of a build; as an id it is one more

enum class Phase : std::uint8_t {
    pending,
    starting,  // it has a start time, which is not committed: nobody sees it
    outside,   // it runs, but not its step: before it, or in hooks after an abort
    settling,  // the step waits for the settle time; when none is left it begins to read
    reading,   // one of the two parts of the group is read
    waiting,   // the group is read, and some of a round's questions are asked
    past,      // the step is done: the build deploys, or is in its hooks
    ended,
};

struct BuildState {
    Phase phase = Phase::pending;
    bool admitted = false;  // a lost worker may let the step begin again: the place is held on
    std::uint8_t age = 0;   // seconds since the start
    std::uint8_t left = 0;  // of the settle time
    std::uint8_t seen = 0;  // as running, in the first part: a bit each
    std::array<Index, most_builds - 1> ahead{};  // in the order of the line
    std::uint8_t ahead_size = 0;
    std::uint8_t asked = 0;
};

class State {
  public:
    explicit State(std::size_t builds) : size_(builds) {}
    State(Packed packed, std::size_t builds);

    // The same for states of which nothing can tell the difference: of the past only its order
    // counts, and nothing of an ended build that nobody has just read.
    Packed pack() const;

    std::size_t size() const { return size_; }
    BuildState& operator[](std::size_t i) { return builds_[i]; }
    const BuildState& operator[](std::size_t i) const { return builds_[i]; }

    bool runs(std::size_t i) const;  // as the database shows it
    bool waits(std::size_t i) const;
    bool before(std::size_t a, std::size_t b) const;  // by rank, of two that have started
    std::size_t running_before(std::size_t i) const;
    bool any_starting() const;
    std::string text() const;

  private:
    std::array<std::uint8_t, most_builds> ages_in_order() const;

    std::array<BuildState, most_builds> builds_{};
    std::size_t size_;
};

}  // namespace throttle_model
