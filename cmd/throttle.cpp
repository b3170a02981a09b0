// `upkeep throttle ...`: chooses by the next word.
#include <array>
#include <string_view>

#include "cmd/program.h"
#include "core/failure.h"
#include "core/fields.h"
#include "core/text.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

struct Command {
    std::string_view name;
    std::string_view help;
    int (*run)(const Arguments& arguments, World& world);
};

constexpr std::array commands{
    Command{"run", "Runs a command when fewer than N are running on this machine.",
            run_throttle_run},
    Command{"status", "Who holds the places of a group of jobs, and who waits.",
            run_throttle_status},
    Command{"freeze", "Pauses the job that freezes: nothing is admitted any more.",
            run_throttle_freeze},
    Command{"thaw", "Lets it go on, and with it what waits.", run_throttle_thaw},
};

std::string help() {
    std::string text =
        "At most N deploys at once. In a pipeline: the resource's kind `throttle`.\n\n"
        "Usage: upkeep throttle COMMAND [OPTION...]; upkeep throttle COMMAND --help says more\n\n";
    for (const Command& command : commands) {
        text += "  " + std::string(command.name) + std::string(8 - command.name.size(), ' ') +
                std::string(command.help) + "\n";
    }
    return text;
}

}  // namespace

int run_throttle(const Arguments& arguments, World& world) {
    const std::string name = arguments.empty() ? "" : arguments.front();
    if (name == "--help" || name == "-h") {
        print_answer(help(), world.stop);
        return 0;
    }
    std::vector<std::string> known;
    for (const Command& command : commands) {
        if (name == command.name) {
            return command.run(Arguments(arguments.begin() + 1, arguments.end()), world);
        }
        known.emplace_back(command.name);
    }
    const auto meant = did_you_mean(name, known);
    throw Failure(
        "upkeep throttle",
        name.empty() ? "no command is given" : "there is no command " + shown_argument(name),
        (meant ? "Did you mean " + quoted(*meant) + "? " : "") + std::string("There are: ") +
            joined(known) + ".");
}

}  // namespace upkeep
