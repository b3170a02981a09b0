// Processes in the line of a file: what each does, step by step, with anything happening to the
// others in between, and the ways in which it can be broken for a test of the test.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/ticket_file.h"

namespace ticket_model {

using upkeep::Ticket;

constexpr std::size_t most_processes = 4;

enum class Phase : std::uint8_t {
    absent,
    counting,  // it has the lock, and knows which number is next
    waiting,   // it has its ticket
    running,   // so does what it runs, if it was killed itself
    gone,      // for good, however it ended
};

enum class Event : std::uint8_t {
    lock,
    take,
    look,  // a round of questions, and if some ahead have ended all of them anew
    go,    // where its last look showed a place
    end,
};
constexpr std::size_t event_kinds = 5;

struct Process {
    Phase phase = Phase::absent;
    std::uint8_t arrivals = 0;
    std::uint8_t ticket = 0;
    std::uint8_t since = 0;  // how many had their ticket before it
    bool looked = false;
    std::uint16_t ahead = 0;  // as it knows them: a bit each

    auto operator<=>(const Process&) const = default;
};

struct Algorithm {
    Ticket (*number)(const std::vector<Ticket>& held) = upkeep::next_ticket;
    bool locks = true;
    bool counts_those_behind = false;
    bool asks_again = true;
    std::size_t limit_is_off_by = 0;
};

struct Mutant {
    std::string_view mistake;
    std::string_view promise;  // that it breaks
    Algorithm algorithm;
};
const std::vector<Mutant>& mutants();

using State = std::array<Process, most_processes>;

class Tickets {
  public:
    // The limit of each process, and how often each comes.
    Tickets(std::vector<std::size_t> limits, std::uint8_t arrivals, const Algorithm& algorithm = {})
        : limits_(std::move(limits)), arrivals_(arrivals), algorithm_(algorithm) {}

    std::size_t size() const { return limits_.size(); }
    std::size_t limit(std::size_t process) const { return limits_[process]; }

    bool can_happen(const State& state, Event event, std::size_t process) const;
    void happen(State& state, Event event, std::size_t process) const;
    // That it would go on with nothing happening but its own looks.
    bool would_go(State state, std::size_t process) const;

  private:
    std::vector<Ticket> held(const State& state) const;
    bool has_place(const Process& process, std::size_t limit) const;
    void look(State& state, std::size_t process) const;

    std::vector<std::size_t> limits_;
    std::uint8_t arrivals_;
    Algorithm algorithm_;
};

}  // namespace ticket_model
