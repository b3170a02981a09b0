#include "resource/throttle/ticket_notes.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace upkeep::throttle {

namespace {

constexpr std::string_view form_word = "upkeep throttle ";
constexpr std::int64_t own_form = 1;
constexpr std::size_t longest_user = 40;
constexpr std::size_t longest_command = 120;

// Those of its commands that take long. Only a word that is one of them is shown: what else stands
// among its arguments may be a secret.
constexpr std::array<std::string_view, 18> bosh_commands{"deploy",
                                                         "delete-deployment",
                                                         "recreate",
                                                         "restart",
                                                         "start",
                                                         "stop",
                                                         "run-errand",
                                                         "cloud-check",
                                                         "create-env",
                                                         "delete-env",
                                                         "upload-release",
                                                         "upload-stemcell",
                                                         "create-release",
                                                         "export-release",
                                                         "clean-up",
                                                         "delete-vm",
                                                         "update-runtime-config",
                                                         "ssh"};

std::optional<std::int64_t> number(std::string_view text) {
    const auto value = whole_number(text);
    return value && *value >= 0 ? value : std::nullopt;
}

// What stands before the mark; the text is what is left behind it.
std::string_view cut_at(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return first;
}

std::optional<TicketNote> parse_note(std::string_view line) {
    const auto ticket = number(cut_at(line, ' '));
    const auto pid = number(cut_at(line, ' '));
    const std::string_view user = cut_at(line, ' ');
    const auto since = parse_moment(cut_at(line, ' '));
    if (!ticket || !pid || user.empty() || !since || line.empty()) {
        return std::nullopt;
    }
    return TicketNote{*ticket, *pid, in_brief(user, longest_user), *since,
                      in_brief(line, longest_command)};
}

// One word of one line.
std::string as_word(std::string_view text) {
    std::string word = in_brief(text, longest_user);
    std::replace(word.begin(), word.end(), ' ', '_');
    return word.empty() ? "?" : word;
}

}  // namespace

std::string TicketNote::text(Moment now) const {
    return user + "'s `" + command + "` (pid " + std::to_string(pid) + ", " +
           text_of_length(now - since) + ")";
}

const TicketNote* TicketNotes::of(std::int64_t ticket) const {
    const auto found = std::find_if(notes.begin(), notes.end(),
                                    [&](const TicketNote& note) { return note.ticket == ticket; });
    return found == notes.end() ? nullptr : &*found;
}

TicketNotes parse_ticket_notes(std::string_view text) {
    TicketNotes all;
    if (text.empty()) {
        return all;
    }
    std::string_view first = cut_at(text, '\n');
    if (!first.starts_with(form_word)) {
        all.form = TicketNotes::Form::other;
        return all;
    }
    first.remove_prefix(form_word.size());
    const auto form = number(cut_at(first, ' '));
    if (!form || *form != own_form) {
        all.form = form && *form > own_form ? TicketNotes::Form::newer : TicketNotes::Form::other;
        return all;
    }
    while (!text.empty()) {
        if (auto note = parse_note(cut_at(text, '\n'))) {
            all.notes.push_back(std::move(*note));
        }
    }
    return all;
}

std::string file_text(const std::vector<TicketNote>& notes) {
    std::string text = std::string(form_word) + std::to_string(own_form) +
                       " - who holds a place or waits: ticket, pid, user, since, command\n";
    for (const TicketNote& note : notes) {
        text += std::to_string(note.ticket) + " " + std::to_string(note.pid) + " " +
                as_word(note.user) + " " + to_text(note.since) + " " +
                in_brief(note.command, longest_command) + "\n";
    }
    return text;
}

std::string public_name(const std::vector<std::string>& command) {
    const std::string& program = command.front();
    std::string name = program.substr(program.rfind('/') + 1);
    if (name == "bosh") {
        const auto word = std::find_first_of(command.begin() + 1, command.end(),
                                             bosh_commands.begin(), bosh_commands.end());
        name += word == command.end() ? "" : " " + *word;
    }
    return in_brief(name, longest_command);
}

}  // namespace upkeep::throttle
