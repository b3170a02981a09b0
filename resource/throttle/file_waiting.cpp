#include "resource/throttle/file_waiting.h"

#include <algorithm>
#include <utility>

#include "core/failure.h"
#include "core/text.h"
#include "resource/throttle/line.h"

namespace upkeep::throttle {

namespace {

using namespace std::chrono_literals;

constexpr auto shortest_interval = 25ms;  // of the first in line
constexpr auto longest_interval = 250ms;
constexpr auto lock_interval = 5ms;  // it is held for less than a millisecond
constexpr auto lock_is_odd = 5s;
constexpr auto reminder = 5min;  // between two lines that say the same
constexpr std::size_t named_ahead = 5;
constexpr std::size_t largest_file = 1U << 20U;

class Wait {
  public:
    Wait(const FileSettings& settings, const FileWaiter& waiter)
        : settings_(settings),
          waiter_(waiter),
          file_(settings.path),
          own_(settings.own),
          begun_(waiter.clock.instant()) {}

    TicketFile run() {
        if (settings_.limit == 0) {
            wait_for_nothing();
        }
        take_ticket();
        Line<Ticket> line = read_line();
        while (!line.has_place()) {
            if (is_over()) {
                give_up("the limit is " + limit_text() + ", ahead: " + ahead_text(line));
            }
            say_where_we_are(line);
            // Of a large limit many are of the first turn, and each asks for many.
            const std::size_t slower = std::max(line.turn(), settings_.limit / 10);
            wait(std::min<std::chrono::milliseconds>(shortest_interval * static_cast<int>(slower),
                                                     longest_interval));
            require_file();
            if (line.ask([&](Ticket ticket) { return file_.is_held(ticket); })) {
                line = read_line();
            }
        }
        if (said_at_) {
            waiter_.say("admitted after " + length_text());
        }
        return std::move(file_);
    }

  private:
    [[noreturn]] void wait_for_nothing();
    void take_ticket();
    void lock_file();
    void note_ticket(TicketNotes notes);
    TicketNotes read_notes() const;
    void require_file() const;
    Line<Ticket> read_line();
    void say_where_we_are(const Line<Ticket>& line);
    std::string ahead_text(const Line<Ticket>& line) const;
    bool is_over() const;
    [[noreturn]] void give_up(const std::string& why) const;
    void wait(std::chrono::milliseconds interval) const;
    std::string doing() const { return "waiting for a place in " + file_.path(); }
    std::string limit_text() const { return std::to_string(settings_.limit); }
    std::string length_text() const {
        return text_of_length(
            std::chrono::floor<std::chrono::seconds>(waiter_.clock.instant() - begun_));
    }

    const FileSettings& settings_;
    const FileWaiter& waiter_;
    TicketFile file_;
    TicketNote own_;
    const Instant begun_;
    std::size_t in_line_ = 0;  // with those behind
    std::size_t said_ahead_ = 0;
    std::optional<Instant> said_at_;
};

// Without a ticket: it would be in the way of others for as long as it waits.
void Wait::wait_for_nothing() {
    while (true) {
        if (is_over()) {
            give_up("the limit is 0");
        }
        waiter_.say("the limit is 0: nothing is admitted");
        wait(reminder);
    }
}

void Wait::take_ticket() {
    lock_file();
    require_file();
    TicketNotes notes = read_notes();
    own_.ticket = file_.take();
    own_.since = waiter_.clock.now();
    note_ticket(std::move(notes));
    file_.unlock();
}

void Wait::lock_file() {
    bool said = false;
    while (!file_.try_lock()) {
        if (!said && waiter_.clock.instant() >= begun_ + lock_is_odd) {
            const auto pid = file_.process_that_locks();
            waiter_.say(file_.path() + " is locked by another process" +
                        (pid ? ", " + std::to_string(*pid) : "") + ", waiting on");
            said = true;
        }
        if (is_over()) {
            give_up("another process, perhaps a stopped one, has the file locked");
        }
        wait(lock_interval);
    }
}

TicketNotes Wait::read_notes() const {
    TicketNotes notes = parse_ticket_notes(file_.read(largest_file).value_or("too large"));
    if (notes.form == TicketNotes::Form::newer) {
        throw Failure(doing(), "a newer release of upkeep has made the file",
                      "Use that release here too: two that count differently would let too many "
                      "through.");
    }
    return notes;
}

void Wait::note_ticket(TicketNotes notes) {
    if (notes.form == TicketNotes::Form::other) {
        waiter_.say(file_.path() + " has been edited, and is left as it is: those ahead may have " +
                    "no names. To mend it, empty it.");
        return;
    }
    const std::vector<Ticket> held = file_.held();
    auto& lines = notes.notes;
    lines.erase(std::remove_if(lines.begin(), lines.end(),
                               [&](const TicketNote& note) {
                                   return note.ticket == own_.ticket ||
                                          !std::binary_search(held.begin(), held.end(),
                                                              note.ticket);
                               }),
                lines.end());
    lines.push_back(own_);
    if (!file_.write(file_text(lines))) {
        waiter_.say(file_.path() + " cannot be written: others will not see who waits");
    }
}

// What has a place in a file that is gone is not counted by those who come later.
void Wait::require_file() const {
    if (!file_.is_in_place()) {
        throw Failure(doing(), "the file was removed or replaced",
                      "Who stood in line there is not counted by others. See that what has its "
                      "place there has ended, then start again; leave the file alone.");
    }
}

Line<Ticket> Wait::read_line() {
    std::vector<Ticket> held = file_.held();
    in_line_ = held.size();
    return {ahead_of(own_.ticket, std::move(held)), settings_.limit};
}

void Wait::say_where_we_are(const Line<Ticket>& line) {
    const Instant now = waiter_.clock.instant();
    if (said_at_ && line.ahead().size() == said_ahead_ && now < *said_at_ + reminder) {
        return;
    }
    waiter_.say("place " + std::to_string(line.ahead().size() + 1) + " of " +
                std::to_string(in_line_) + ", limit " + limit_text() +
                "; ahead: " + ahead_text(line));
    said_ahead_ = line.ahead().size();
    said_at_ = now;
}

std::string Wait::ahead_text(const Line<Ticket>& line) const {
    const TicketNotes notes = parse_ticket_notes(file_.read(largest_file).value_or(std::string()));
    const Moment now = waiter_.clock.now();
    std::vector<std::string> names;
    for (const Ticket ticket : line.ahead()) {
        const TicketNote* note = notes.of(ticket);
        names.push_back(note != nullptr ? note->text(now) : "someone unnamed");
    }
    return first_few(names, named_ahead);
}

bool Wait::is_over() const {
    return settings_.longest_wait && waiter_.clock.instant() >= begun_ + *settings_.longest_wait;
}

void Wait::give_up(const std::string& why) const {
    throw Failure(
        doing(), "the longest wait (" + to_text(*settings_.longest_wait) + ") is over; " + why,
        settings_.limit == 0
            ? "Start it anew with a higher --limit."
            : "Does one of them hang? fuser " + file_.path() + " names all that stand in line.");
}

void Wait::wait(std::chrono::milliseconds interval) const {
    Instant until = waiter_.clock.instant() + interval;
    if (settings_.longest_wait) {
        until = std::min(until, begun_ + *settings_.longest_wait);
    }
    waiter_.clock.wait(until, waiter_.stop);
}

}  // namespace

TicketFile wait_in_file(const FileSettings& settings, const FileWaiter& waiter) {
    return Wait(settings, waiter).run();
}

}  // namespace upkeep::throttle
