// What the file of a line of tickets says of each, for people: a first line that names the form,
// then "TICKET PID USER SINCE COMMAND".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/moment.h"

namespace upkeep::throttle {

struct TicketNote {
    std::int64_t ticket = 0;
    std::int64_t pid = 0;
    std::string user;
    Moment since;
    std::string command;

    // "ann's `bosh deploy` (pid 41, 23 min)"
    std::string text(Moment now) const;
};

struct TicketNotes {
    enum class Form {
        known,
        newer,  // by a release that may stand in line by other rules
        other   // edited by hand, or not ours at all
    };

    Form form = Form::known;
    std::vector<TicketNote> notes;  // of lines that can be read

    const TicketNote* of(std::int64_t ticket) const;
};

TicketNotes parse_ticket_notes(std::string_view text);
std::string file_text(const std::vector<TicketNote>& notes);

// Of a command what others may read: its name, and of bosh the word that says what it does, but no
// option and nothing that could be a secret.
std::string public_name(const std::vector<std::string>& command);

}  // namespace upkeep::throttle
