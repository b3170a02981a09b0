#include "tests/throttle_model/exploration.h"

#include <algorithm>
#include <array>

namespace throttle_model {

namespace {

constexpr std::array<Event, 10> events{
    Event::second, Event::start,      Event::commit, Event::begin,       Event::read,
    Event::ask,    Event::read_again, Event::abort,  Event::lose_worker, Event::end};

}  // namespace

Exploration::Exploration(const Group& group) : group_(group), table_(1U << 16U) {
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
    for (const Event event : events) {
        const std::size_t builds = event == Event::second ? 1 : group_.size();
        for (std::size_t build = 0; build < builds; ++build) {
            const Happening what{event, build};
            if (!group_.can_happen(before, what)) {
                continue;
            }
            State after = before;
            group_.happen(after, what);
            const std::size_t known = states_.size();
            reach(after.pack(), place);
            happened_[event] += states_.size() - known;
            if (!before[build].admitted && after[build].admitted) {
                judge_admission(before, what, place);
            }
        }
    }
}

std::size_t Exploration::slot_of(Packed state) const {
    constexpr Packed odd = 0x9E3779B97F4A7C15U;
    const std::size_t mask = table_.size() - 1;
    std::size_t slot = (state * odd ^ (state * odd >> 32U)) & mask;
    while (table_[slot] != 0 && states_[table_[slot] - 1] != state) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void Exploration::reach(Packed state, Place from) {
    const std::size_t slot = slot_of(state);
    if (table_[slot] != 0) {
        return;
    }
    states_.push_back(state);
    reached_from_.push_back(from);
    table_[slot] = static_cast<Place>(states_.size());
    if (2 * states_.size() > table_.size()) {
        grow();
    }
}

void Exploration::grow() {
    table_.assign(2 * table_.size(), 0);
    for (std::size_t i = 0; i < states_.size(); ++i) {
        table_[slot_of(states_[i])] = static_cast<Place>(i + 1);
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

void Exploration::judge_admission(const State& before, Happening what, Place place) {
    const std::size_t build = what.build;
    for (std::size_t other = 0; other < group_.size(); ++other) {
        if (other != build && before.waits(other) && before.before(other, build) &&
            group_.limit(other) == group_.limit(build)) {
            require(before.running_before(other) < group_.limit(other) &&
                        before.running_before(build) < group_.limit(build),
                    "order",
                    std::to_string(build + 1) + " is admitted before " +
                        std::to_string(other + 1) + ", which started earlier and waits",
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
    for (std::size_t i = places.size(); i-- > 0;) {
        text += "\n" + State(states_[places[i]], group_.size()).text();
    }
    return text;
}

}  // namespace throttle_model
