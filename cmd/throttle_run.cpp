// `upkeep throttle run ... -- COMMAND`: waits for a place in the line of a file, then runs it.
#include <algorithm>
#include <string>

#include "cmd/command_line.h"
#include "cmd/program.h"
#include "core/failure.h"
#include "core/text.h"
#include "resource/throttle/file_waiting.h"
#include "resource/throttle/settings.h"
#include "system/child.h"
#include "system/files.h"
#include "system/own_process.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

const std::string self = "upkeep throttle run";
const std::string example = self + " --limit 3 --name deploys -- bosh deploy";
const std::string held_places = "UPKEEP_THROTTLE";  // what runs in a place is told of its file

struct Options {
    std::string limit;
    std::string name;
    std::string folder;
    std::string longest_wait;
    std::string help;  // to print, and nothing else
};

void add(CLI::App& app, const std::string& name, std::string& value, const std::string& type,
         const std::string& help) {
    app.add_option(name, value, help)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

Options read_options(const Arguments& arguments) {
    Options options;
    CLI::App app(
        "Runs COMMAND when fewer than N commands of the same name run on this machine: in "
        "order of arrival, with its exit status. 125: it was not run, 126: it cannot be, "
        "127: it is not there.",
        self);
    app.footer("The command comes last, after --: " + example);
    add(app, "--limit", options.limit, "N", "so many at once; 0 admits nothing");
    add(app, "--name", options.name, "NAME", "of the line: who gives the same name shares it");
    add(app, "--folder", options.folder, "FOLDER",
        "where NAME.throttle lies, the same for all; default /run/lock where everybody may write "
        "to it, else /tmp");
    add(app, "--longest-wait", options.longest_wait, "TIME",
        "then give up: 90s, 30m, 4h; default: never");
    options.help = parse_command_line(app, arguments, "The command comes after --.");
    return options;
}

std::size_t limit_of(const Options& options) {
    const std::string& text = options.limit;
    if (text.empty()) {
        throw Failure(self, "--limit is missing", "Say how many may run at once: --limit 3.");
    }
    const auto limit = whole_number(text);
    if (!limit || *limit < 0 || *limit > throttle::largest_limit) {
        throw Failure(self, "--limit is " + upkeep::quoted(text) + ", no number from 0 to " +
                                std::to_string(throttle::largest_limit));
    }
    return static_cast<std::size_t>(*limit);
}

std::string path_of(const Options& options) {
    constexpr std::size_t longest = 100;
    const std::string& name = options.name;
    if (name.empty()) {
        throw Failure(self, "--name is missing",
                      "Name what is limited, the same wherever it is limited: --name deploys.");
    }
    const auto serves = [](char c) {
        return is_digit(c) || is_letter(c) || c == '-' || c == '_' || c == '.';
    };
    if (name.size() > longest || name.front() == '.' ||
        !std::all_of(name.begin(), name.end(), serves)) {
        throw Failure(self, "--name is " + upkeep::quoted(name),
                      "It becomes the name of a file: at most 100 letters, digits, - _ and .");
    }
    const std::string folder = options.folder.empty() ? shared_folder() : options.folder;
    return folder + (folder.back() == '/' ? "" : "/") + name + ".throttle";
}

// Behind sudo it is the person that counts.
std::string user_of(const Environment& environment, const OwnProcess& process) {
    for (const char* name : {"SUDO_USER", "LOGNAME", "USER"}) {
        if (const auto user = environment.get(name)) {
            return *user;
        }
    }
    return process.user == 0 ? "root" : "uid-" + std::to_string(process.user);
}

// The files in whose line this runs already, separated by colons; with this one. Throws Failure
// where it is among them: it would wait for itself.
std::string places_with(const std::string& given, const Environment& environment) {
    const std::string path = canonical(given);
    const std::string held = environment.get(held_places).value_or("");
    if ((":" + held + ":").find(":" + path + ":") != std::string::npos) {
        throw Failure(self, "this runs within a place of " + path + " already",
                      "It would wait for itself. Where that is not so: unset " + held_places + ".");
    }
    return held.empty() ? path : held + ":" + path;
}

int run(const throttle::FileSettings& settings, Child child, World& world) {
    const TicketFile place = throttle::wait_in_file(
        settings, {world.clock, world.stop, [](const std::string& line) {
                       print_error("upkeep: " + printable_lines(line) + "\n");
                   }});
    child.inherited = place.holder();
    try {
        return run_child(child, world.stop);
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        print_error("upkeep: " + printable_lines(failure.what()) + "\n");
        return cannot_be_run;
    }
}

}  // namespace

int run_throttle_run(const Arguments& arguments, World& world) {
    const auto end = std::find(arguments.begin(), arguments.end(), "--");
    const Options options = read_options(Arguments(arguments.begin(), end));
    if (!options.help.empty()) {
        print_answer(options.help, world.stop);
        return 0;
    }
    const Arguments command(end == arguments.end() ? end : end + 1, arguments.end());
    if (command.empty() || command.front().empty()) {
        throw Failure(self, "no command is given", "It comes last, after --: " + example);
    }
    const OwnProcess process = own_process();
    const throttle::FileSettings settings{
        path_of(options),
        limit_of(options),
        duration_of(self, "--longest-wait", options.longest_wait),
        {0, process.pid, user_of(world.environment, process), {}, throttle::public_name(command)}};
    const std::string places = places_with(settings.path, world.environment);
    // Before it waits for hours.
    const Program program =
        find_program(command.front(), world.environment.get("PATH").value_or("/bin:/usr/bin"));
    if (program.status != 0) {
        print_error("upkeep: running " + printable(command.front()) + ": " + program.problem +
                    "\n");
        return program.status;
    }
    return run(settings,
               {program, {command.begin() + 1, command.end()}, -1, {{held_places, places}}}, world);
}

}  // namespace upkeep
