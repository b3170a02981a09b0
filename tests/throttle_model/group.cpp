#include "tests/throttle_model/group.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace throttle_model {

using upkeep::throttle::Line;

namespace {

constexpr DatabaseTime now = 1'000;
constexpr std::array<std::string_view, event_kinds> names{"a second passes",
                                                          "starts",
                                                          "is committed",
                                                          "begins its step",
                                                          "reads",
                                                          "asks",
                                                          "reads again",
                                                          "is aborted",
                                                          "loses its worker",
                                                          "ends"};

BuildStatus status_of(Phase phase) {
    switch (phase) {
        case Phase::pending:
        case Phase::starting:
            return BuildStatus::pending;
        case Phase::ended:
            return BuildStatus::succeeded;
        default:
            return BuildStatus::started;
    }
}

void enter(BuildState& build, Phase phase) {
    build = {.phase = phase, .admitted = build.admitted, .age = build.age};
}

}  // namespace

std::string Happening::text() const {
    const std::string name(names.at(static_cast<std::size_t>(event)));
    return event == Event::second ? name : std::to_string(build + 1) + " " + name;
}

std::size_t Group::largest_limit() const {
    return *std::max_element(limits_.begin(), limits_.end());
}

bool Group::can_happen(const State& state, Happening what) const {
    const BuildState& build = state[what.build];
    const Phase phase = build.phase;
    switch (what.event) {
        case Event::second:
            for (std::size_t i = 0; i < state.size(); ++i) {
                if (state[i].phase == Phase::starting && state[i].age == latest_commit) {
                    return false;
                }
            }
            return true;
        case Event::start:
            return phase == Phase::pending;
        case Event::commit:
            return phase == Phase::starting;
        case Event::begin:
            return phase == Phase::outside;
        case Event::read:
            return phase == Phase::reading || (phase == Phase::settling && build.left == 0);
        case Event::ask:
            return phase == Phase::waiting;
        case Event::read_again:
            return phase == Phase::waiting && build.asked == 0 && algorithm_.asks_again;
        case Event::abort:
            return state.waits(what.build);
        case Event::lose_worker:
            return state.waits(what.build) || (phase == Phase::past && place_holders_lose_workers_);
        case Event::end:
            return phase == Phase::outside || phase == Phase::past;
    }
    return false;
}

void Group::happen(State& state, Happening what) const {
    BuildState& build = state[what.build];
    switch (what.event) {
        case Event::second:
            for (std::size_t i = 0; i < state.size(); ++i) {
                ++state[i].age;
                state[i].left = static_cast<std::uint8_t>(std::max(1, int{state[i].left}) - 1);
            }
            return;
        case Event::start:
            build = {.phase = Phase::starting};
            return;
        case Event::commit:
        case Event::abort:
            return enter(build, Phase::outside);
        case Event::begin:
        case Event::lose_worker:
            enter(build, Phase::settling);
            build.left = static_cast<std::uint8_t>(algorithm_.settle_seconds);
            return;
        case Event::read_again:
            return enter(build, Phase::settling);
        case Event::read:
            return read(state, what.build);
        case Event::ask:
            ask(state, what.build);
            return;
        case Event::end:
            build = {.phase = Phase::ended, .age = build.age};
            return;
    }
}

Listed Group::listed(const State& state, std::size_t build) const {
    const BuildStatus status = status_of(state[build].phase);
    return {static_cast<BuildId>(build + 1), status,
            status == BuildStatus::pending ? 0 : now - state[build].age, limits_[build]};
}

Build Group::shown(const State& state, std::size_t build) const {
    const Listed from = listed(state, build);
    Build to;
    to.id = from.id;
    to.status = from.status;
    if (from.status != BuildStatus::pending) {
        to.started = from.started;
    }
    return to;
}

// Of every other build, as of several teams and pages.
unsigned Group::read_part(const State& state, std::size_t build, std::size_t part) const {
    unsigned seen = 0;
    for (std::size_t other = part; other < size(); other += 2) {
        if (algorithm_.counts(listed(state, build), listed(state, other))) {
            seen |= 1U << other;
        }
    }
    return seen;
}

void Group::read(State& state, std::size_t build) const {
    BuildState& own = state[build];
    if (own.phase == Phase::settling) {
        enter(own, Phase::reading);
        own.seen = static_cast<std::uint8_t>(read_part(state, build, 0));
        return;
    }
    const unsigned seen = own.seen | read_part(state, build, 1);
    std::vector<Build> running;
    running.reserve(size());
    for (std::size_t other = 0; other < size(); ++other) {
        if ((seen >> other & 1U) != 0) {
            running.push_back(shown(state, other));
        }
    }
    enter(own, Phase::waiting);
    for (const Build& ahead : algorithm_.ahead(rank_of(shown(state, build)), std::move(running))) {
        own.ahead.at(own.ahead_size++) = static_cast<Index>(ahead.id - 1);
    }
}

bool Group::ask(State& state, std::size_t build) const {
    BuildState& own = state[build];
    std::vector<Build> ahead(own.ahead_size);
    for (std::size_t i = 0; i < own.ahead_size; ++i) {
        ahead[i].id = own.ahead[i] + 1;
    }
    Line<Build> line(std::move(ahead), limits_[build]);
    line.begin_round();
    for (std::size_t i = 0; i < own.asked; ++i) {
        line.take(true);
    }
    if (const Build* next = algorithm_.asks_again ? line.next_to_ask() : nullptr) {
        const auto& asked = state[static_cast<std::size_t>(next->id - 1)];
        const bool runs = algorithm_.runs(status_of(asked.phase));
        line.take(runs);
        own.asked = static_cast<std::uint8_t>(own.asked + (runs ? 1 : 0));
    }
    own.ahead_size = 0;
    for (const Build& left : line.ahead()) {
        own.ahead[own.ahead_size++] = static_cast<Index>(left.id - 1);
    }
    if (algorithm_.asks_again && line.next_to_ask() != nullptr) {
        return false;
    }
    own.asked = 0;
    if (line.has_place()) {
        enter(own, Phase::past);
        own.admitted = true;
    }
    return true;
}

bool Group::would_be_admitted(State state, std::size_t build) const {
    BuildState& own = state[build];
    own.left = 0;
    while (own.phase != Phase::waiting) {
        read(state, build);
    }
    for (int rounds = own.asked == 0 ? 1 : 2; rounds > 0; --rounds) {
        while (own.phase == Phase::waiting && !ask(state, build)) {
        }
    }
    return own.phase == Phase::past;
}

}  // namespace throttle_model
