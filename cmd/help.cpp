#include <algorithm>
#include <utility>

#include "cmd/program.h"
#include "core/linked_libraries.h"
#include "core/text.h"
#include "net/url.h"
#include "resource/resource.h"
#include "system/standard_streams.h"

namespace upkeep {

std::string shown_argument(const std::string& text) {
    return may_be_meant_as_url(text) ? "a URL" : quoted(text);
}

std::string command_list() {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Kind& kind : kinds()) {
        rows.emplace_back(kind.command, kind.help);
    }
    rows.insert(
        rows.end(),
        {{"throttle", "At most N deploys at once: status, freeze, thaw; run COMMAND by hand."},
         {"rollout", "Triggers deploy jobs, at most N at once, and follows them."},
         {"version", "The version of upkeep and of every library in it."},
         {"help", "This."},
         {"check, in DIR, out DIR", "The Concourse resource's programs."}});
    std::size_t widest = 0;
    for (const auto& [name, help] : rows) {
        widest = std::max(widest, name.size());
    }
    std::string text;
    for (const auto& [name, help] : rows) {
        text += "  " + name + std::string(widest - name.size() + 2, ' ') + help + "\n";
    }
    return text;
}

int run_help(const Arguments&, World& world) {
    print_answer(
        "upkeep " + std::string(upkeep_version()) +
            ": what a BOSH and Cloud Foundry platform needs done today\n\n"
            "Usage: upkeep COMMAND [OPTION...]; upkeep COMMAND --help says more\n\n" +
            command_list() +
            "\nExit codes of the commands: 0 nothing found; 1 findings (a part that could not "
            "be looked at\nis one); 2 a whole source could not be looked at, or nothing was "
            "found but not\neverything could be looked at, or wrong usage. --fail-on says "
            "which findings count,\n--exit-zero makes 1 a 0. Of check, in and out: 0, or 1 "
            "with the reason on standard error.\n",
        world.stop);
    return 0;
}

}  // namespace upkeep
