#include "tests/throttle_model/exploration.h"

namespace throttle_model {

Exploration::Exploration(const Group& group) : group_(group), known_(1U << 12U) {
    happenings_.push_back({Event::second, 0});
    for (std::size_t kind = 1; kind < event_kinds; ++kind) {
        for (std::size_t build = 0; build < group.size(); ++build) {
            happenings_.push_back({static_cast<Event>(kind), build});
        }
    }
    reach(State(group.size()).pack(), 0);
}

void Exploration::run(std::string_view until_broken) {
    for (Place place = 0; place < states_.size(); ++place) {
        judge(State(states_[place], group_.size()), place);
        go_on_from(place);
        if (until_broken.empty() ? !broken_.empty() : broken_.contains(until_broken)) {
            return;
        }
    }
}

void Exploration::go_on_from(Place place) {
    const State before(states_[place], group_.size());
    for (const Happening what : happenings_) {
        if (group_.can_happen(before, what)) {
            State after = before;
            group_.happen(after, what);
            reach(after.pack(), place);
            ++happened_[static_cast<std::size_t>(what.event)];
            if (!before[what.build].admitted && after[what.build].admitted) {
                judge_admission(before, what.build, place);
            }
        }
    }
}

// One more than the state, because 0 is a free slot.
Packed& Exploration::slot_of(Packed state) {
    constexpr Packed odd = 0x9E3779B97F4A7C15U;
    const std::size_t mask = known_.size() - 1;
    std::size_t slot = (state * odd >> 32U) & mask;
    while (known_[slot] != 0 && known_[slot] != state + 1) {
        slot = (slot + 1) & mask;
    }
    return known_[slot];
}

void Exploration::reach(Packed state, Place from) {
    Packed& slot = slot_of(state);
    if (slot != 0) {
        return;
    }
    slot = state + 1;
    states_.push_back(state);
    reached_from_.push_back(from);
    if (2 * states_.size() > known_.size()) {
        grow();
    }
}

void Exploration::grow() {
    known_.assign(2 * known_.size(), 0);
    for (const Packed state : states_) {
        slot_of(state) = state + 1;
    }
}

void Exploration::judge(const State& state, Place place) {
    std::size_t admitted = 0;
    for (std::size_t build = 0; build < group_.size(); ++build) {
        if (state[build].admitted) {
            ++admitted;
            require(state.running_before(build) < group_.limit(build), "not taken back",
                    "one that is past has no place any more", place);
        }
        if (state.waits(build)) {
            judge_waiting(state, build, place);
        }
    }
    require(admitted <= group_.largest_limit(), "cap", "more are past than the limit", place);
}

// While a start is not committed, one that has not read the group yet may be behind it or not.
void Exploration::judge_waiting(const State& state, std::size_t build, Place place) {
    const std::size_t ahead = state.running_before(build);
    if (ahead >= group_.limit(build) ||
        (state[build].phase != Phase::waiting && state.any_starting())) {
        return;
    }
    bool alone = true;
    for (std::size_t other = 0; other < group_.size(); ++other) {
        alone = alone && (other == build || state[other].phase == Phase::ended);
    }
    require(group_.would_be_admitted(state, build), alone ? "no leak" : "progress",
            std::to_string(build + 1) + " waits though there is a place for it", place);
}

void Exploration::judge_admission(const State& before, std::size_t build, Place place) {
    for (std::size_t other = 0; other < group_.size(); ++other) {
        if (other != build && before.waits(other) && before.before(other, build) &&
            group_.limit(other) == group_.limit(build)) {
            require(before.running_before(other) < group_.limit(other) &&
                        before.running_before(build) < group_.limit(build),
                    "order",
                    std::to_string(build + 1) + " is admitted before " + std::to_string(other + 1) +
                        ", which started earlier and waits",
                    place);
        }
    }
}

void Exploration::require(bool kept, std::string_view promise, std::string_view how, Place place) {
    if (!kept && !broken_.contains(promise)) {
        broken_.emplace(promise, std::string(how) + history(place));
    }
}

std::string Exploration::history(Place place) const {
    std::vector<Place> places{place};
    while (places.back() != 0) {
        places.push_back(reached_from_[places.back()]);
    }
    std::string text;
    for (std::size_t i = places.size() - 1; i-- > 0;) {
        text += "\n" + what_led_from(states_[places[i + 1]], states_[places[i]]);
    }
    return text + "\n: " + State(states_[place], group_.size()).text();
}

std::string Exploration::what_led_from(Packed before, Packed to) const {
    for (const Happening what : happenings_) {
        State state(before, group_.size());
        if (group_.can_happen(state, what)) {
            group_.happen(state, what);
            if (state.pack() == to) {
                return what.text();
            }
        }
    }
    return "?";
}

}  // namespace throttle_model
