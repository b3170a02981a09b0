// Plays the line of `throttle run` through everything that can happen to a few processes, in every
// order: what it promises holds in each state, and mistakes in it are noticed.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/ticket_model/tickets.h"

using ticket_model::Event;
using ticket_model::event_kinds;
using ticket_model::Mutant;
using ticket_model::mutants;
using ticket_model::Phase;
using ticket_model::Process;
using ticket_model::State;
using ticket_model::Tickets;

namespace {

bool has_ticket(const Process& process) {
    return process.phase == Phase::waiting || process.phase == Phase::running;
}

std::size_t ahead_of(const State& state, const Process& process) {
    return static_cast<std::size_t>(std::count_if(
        state.begin(), state.end(),
        [&](const Process& other) { return has_ticket(other) && other.since < process.since; }));
}

std::string text_of(const State& state) {
    static const char* const names[] = {"absent", "counting", "waiting", "running", "gone"};
    std::string text;
    for (const Process& process : state) {
        text += std::string(text.empty() ? "" : ", ") + names[static_cast<int>(process.phase)] +
                " " + std::to_string(process.ticket);
    }
    return text;
}

class Exploration {
  public:
    explicit Exploration(const Tickets& tickets) : tickets_(tickets) { reach(State{}); }

    void run() {
        while (!left_.empty()) {
            const State state = left_.front();
            left_.pop_front();
            judge(state);
            for (std::size_t kind = 0; kind < event_kinds; ++kind) {
                for (std::size_t process = 0; process < tickets_.size(); ++process) {
                    go_on(state, static_cast<Event>(kind), process);
                }
            }
        }
    }

    std::size_t states() const { return known_.size(); }
    // By promise, the first state that breaks it.
    const std::map<std::string, std::string>& broken() const { return broken_; }

  private:
    void reach(const State& state) {
        if (known_.insert(state).second) {
            left_.push_back(state);
        }
    }

    void go_on(const State& state, Event event, std::size_t process) {
        if (!tickets_.can_happen(state, event, process)) {
            return;
        }
        if (event == Event::go) {
            judge_order(state, process);
        }
        State after = state;
        tickets_.happen(after, event, process);
        reach(after);
    }

    void judge(const State& state) {
        std::size_t running = 0;
        std::size_t largest = 0;
        std::set<int> numbers;
        for (std::size_t i = 0; i < tickets_.size(); ++i) {
            const Process& process = state[i];
            running += process.phase == Phase::running ? 1 : 0;
            largest = std::max(largest, tickets_.limit(i));
            require(!has_ticket(process) || numbers.insert(process.ticket).second, "a ticket",
                    state);
            require(process.phase != Phase::waiting ||
                        ahead_of(state, process) >= tickets_.limit(i) ||
                        tickets_.would_go(state, i),
                    "progress", state);
        }
        require(running <= largest, "cap", state);
    }

    // Who goes has fewer than its limit before it, of those that came earlier.
    void judge_order(const State& state, std::size_t process) {
        require(ahead_of(state, state[process]) < tickets_.limit(process), "order", state);
    }

    void require(bool kept, const std::string& promise, const State& state) {
        if (!kept) {
            broken_.emplace(promise, text_of(state));
        }
    }

    const Tickets& tickets_;
    std::set<State> known_;
    std::deque<State> left_;
    std::map<std::string, std::string> broken_;
};

struct Crowd {
    std::vector<std::size_t> limits;
    std::uint8_t arrivals;
    std::size_t states;  // that there were when this was written: fewer are a hole in the model
};

}  // namespace

TEST_CASE("throttle run: what is promised holds, whatever happens in whatever order") {
    const Crowd crowds[] = {
        {{1, 1}, 3, 806},         {{1, 1, 1}, 2, 12'429},   {{2, 2, 2}, 2, 15'861},
        {{1, 2, 2}, 2, 14'717},   {{1, 1, 1, 1}, 1, 7'112}, {{2, 2, 2, 2}, 1, 9'488},
        {{2, 1, 2, 1}, 1, 8'300},
    };
    for (const Crowd& crowd : crowds) {
        const Tickets tickets(crowd.limits, crowd.arrivals);
        Exploration all(tickets);
        all.run();
        for (const auto& [promise, state] : all.broken()) {
            FAIL_CHECK(promise << ": " << state);
        }
        CHECK(all.states() >= crowd.states);
    }
}

TEST_CASE("throttle run: a mistake in the algorithm is noticed") {
    for (const Mutant& mutant : mutants()) {
        const Tickets tickets({2, 2, 2}, 2, mutant.algorithm);
        Exploration all(tickets);
        all.run();
        CHECK_MESSAGE(all.broken().contains(std::string(mutant.promise)),
                      mutant.mistake << ": breaks the promise '" << mutant.promise << "'");
    }
}
