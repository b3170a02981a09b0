// Goes through every state that a group can get into, in the order of how much has to happen for
// it, and holds what is promised against each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/throttle_model/group.h"

namespace throttle_model {

class Exploration {
  public:
    explicit Exploration(const Group& group);

    // Until all is seen, or this promise is broken.
    void run(std::string_view until_broken = {});

    std::size_t states() const { return states_.size(); }
    // By promise, the shortest history that breaks it.
    const std::map<std::string, std::string, std::less<>>& broken() const { return broken_; }
    // How many of each event have led to another state, so that no promise is kept because nothing
    // happens.
    const std::map<Event, std::size_t>& happened() const { return happened_; }

  private:
    using Place = std::uint32_t;  // in states_

    void go_on_from(Place place);
    void reach(Packed state, Place from);
    void grow();
    std::size_t slot_of(Packed state) const;

    void judge(const State& state, Place place);
    void judge_waiting(const State& state, std::size_t build, Place place);
    void judge_admission(const State& before, Happening what, Place place);
    void require(bool kept, std::string_view promise, std::string_view how, Place place);
    std::string history(Place place) const;

    const Group& group_;
    std::vector<Packed> states_;
    std::vector<Place> reached_from_;
    std::vector<Place> table_;  // of states_, by hash; one more than the place
    std::map<std::string, std::string, std::less<>> broken_;
    std::map<Event, std::size_t> happened_;
};

}  // namespace throttle_model
