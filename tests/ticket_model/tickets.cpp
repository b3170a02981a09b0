#include "tests/ticket_model/tickets.h"

#include <algorithm>

#include "resource/throttle/line.h"

namespace ticket_model {

using upkeep::throttle::ahead_of;
using upkeep::throttle::Line;

namespace {

bool has_ticket(const Process& process) {
    return process.phase == Phase::waiting || process.phase == Phase::running;
}

Ticket lowest_free(const std::vector<Ticket>& held) {
    Ticket ticket = 1;
    while (std::find(held.begin(), held.end(), ticket) != held.end()) {
        ++ticket;
    }
    return ticket;
}

Ticket one_more_than_there_are(const std::vector<Ticket>& held) {
    return static_cast<Ticket>(held.size()) + 1;
}

std::vector<Ticket> tickets_of(unsigned bits) {
    std::vector<Ticket> tickets;
    for (Ticket ticket = 0; bits != 0; ++ticket, bits >>= 1U) {
        if ((bits & 1U) != 0) {
            tickets.push_back(ticket);
        }
    }
    return tickets;
}

}  // namespace

const std::vector<Mutant>& mutants() {
    static const std::vector<Mutant> all{
        {"the lowest free number", "order", {.number = lowest_free}},
        {"one more than there are", "a ticket", {.number = one_more_than_there_are}},
        {"no lock", "a ticket", {.locks = false}},
        {"those behind count too", "progress", {.counts_those_behind = true}},
        {"not asked again", "progress", {.asks_again = false}},
        {"one more than the limit", "cap", {.limit_is_off_by = 1}},
    };
    return all;
}

std::vector<Ticket> Tickets::held(const State& state) const {
    std::vector<Ticket> tickets;
    for (const Process& process : state) {
        if (has_ticket(process)) {
            tickets.push_back(process.ticket);
        }
    }
    std::sort(tickets.begin(), tickets.end());
    return tickets;
}

bool Tickets::has_place(const Process& process, std::size_t limit) const {
    return Line<Ticket>(tickets_of(process.ahead), limit + algorithm_.limit_is_off_by).has_place();
}

bool Tickets::can_happen(const State& state, Event event, std::size_t process) const {
    const Process& own = state[process];
    switch (event) {
        case Event::lock:
            return own.phase == Phase::absent &&
                   (!algorithm_.locks ||
                    std::none_of(state.begin(), state.end(), [](const Process& other) {
                        return other.phase == Phase::counting;
                    }));
        case Event::take:
            return own.phase == Phase::counting;
        case Event::look:
            return own.phase == Phase::waiting;
        case Event::go:
            return own.phase == Phase::waiting && own.looked && has_place(own, limits_[process]);
        case Event::end:
            return own.phase != Phase::absent && own.phase != Phase::gone;
    }
    return false;
}

void Tickets::happen(State& state, Event event, std::size_t process) const {
    Process& own = state[process];
    switch (event) {
        case Event::lock:
            own.ticket = static_cast<std::uint8_t>(algorithm_.number(held(state)));
            own.phase = Phase::counting;
            break;
        case Event::take:
            own.since =
                static_cast<std::uint8_t>(std::count_if(state.begin(), state.end(), has_ticket));
            own.phase = Phase::waiting;
            break;
        case Event::look:
            look(state, process);
            break;
        case Event::go:
            own = {Phase::running, own.arrivals, own.ticket, own.since};
            break;
        case Event::end: {
            const Process ended = own;
            own = {};
            own.arrivals = static_cast<std::uint8_t>(ended.arrivals + 1);
            own.phase = own.arrivals < arrivals_ ? Phase::absent : Phase::gone;
            for (Process& other : state) {
                if (has_ticket(ended) && has_ticket(other) && other.since > ended.since) {
                    --other.since;
                }
            }
            break;
        }
    }
}

void Tickets::look(State& state, std::size_t process) const {
    Process& own = state[process];
    const auto all = held(state);
    const auto anew = [&] {
        std::vector<Ticket> others = all;
        std::erase(others, Ticket{own.ticket});
        return Line<Ticket>(algorithm_.counts_those_behind ? others : ahead_of(own.ticket, others),
                            limits_[process]);
    };
    Line<Ticket> line = own.looked ? Line<Ticket>(tickets_of(own.ahead), limits_[process]) : anew();
    if (own.looked && algorithm_.asks_again && line.ask([&](Ticket ticket) {
            return std::binary_search(all.begin(), all.end(), ticket);
        })) {
        line = anew();
    }
    own.looked = true;
    own.ahead = 0;
    for (const Ticket ticket : line.ahead()) {
        own.ahead = static_cast<std::uint16_t>(own.ahead | 1U << static_cast<unsigned>(ticket));
    }
}

bool Tickets::would_go(State state, std::size_t process) const {
    look(state, process);
    look(state, process);
    return can_happen(state, Event::go, process);
}

}  // namespace ticket_model
