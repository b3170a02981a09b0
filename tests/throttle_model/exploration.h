// Goes through every state that a group can get into, in the order of how much has to happen for
// it, and holds what is promised against each.
#pragma once

#include <array>
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
    // How often, so that no promise is kept because nothing happens.
    std::size_t happened(Event event) const { return happened_[static_cast<std::size_t>(event)]; }

  private:
    using Place = std::uint32_t;  // in states_

    void go_on_from(Place place);
    void reach(Packed state, Place from);
    void grow();
    Packed& slot_of(Packed state);

    void judge(const State& state, Place place);
    void judge_waiting(const State& state, std::size_t build, Place place);
    void judge_admission(const State& before, std::size_t build, Place place);
    void require(bool kept, std::string_view promise, std::string_view how, Place place);
    std::string history(Place place) const;
    std::string what_led_from(Packed before, Packed to) const;

    const Group& group_;
    std::vector<Happening> happenings_;
    std::vector<Packed> states_;
    std::vector<Place> reached_from_;
    std::vector<Packed> known_;  // by hash
    std::map<std::string, std::string, std::less<>> broken_;
    std::array<std::size_t, event_kinds> happened_{};
};

}  // namespace throttle_model
