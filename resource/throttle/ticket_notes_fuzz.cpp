// Anything as the file of a line of tickets, to which everybody may write: what is read of it is
// written so that it is read as the same again, and nothing of it can act on a terminal.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "resource/throttle/ticket_notes.h"

namespace {

using upkeep::throttle::file_text;
using upkeep::throttle::parse_ticket_notes;
using upkeep::throttle::TicketNote;
using upkeep::throttle::TicketNotes;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

bool is_printable(const std::string& text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const TicketNotes notes = parse_ticket_notes(text);
    require(notes.form == TicketNotes::Form::known || notes.notes.empty(),
            "nothing is taken from a file of another form");
    for (const TicketNote& note : notes.notes) {
        require(note.ticket >= 0 && note.pid >= 0, "its numbers can be");
        require(is_printable(note.text(note.since)), "it is shown without control characters");
    }
    const std::string written = file_text(notes.notes);
    const TicketNotes again = parse_ticket_notes(written);
    require(again.form == TicketNotes::Form::known, "what is written is of a known form");
    require(again.notes.size() == notes.notes.size(), "what is written can be read");
    require(file_text(again.notes) == written, "and is written as before");
    return 0;
}
