#include <algorithm>
#include <string>

#include "cmd/program.h"
#include "core/failure.h"
#include "core/linked_libraries.h"
#include "system/standard_streams.h"

namespace upkeep {

int run_version(const Arguments& arguments, World& world) {
    if (!arguments.empty()) {
        throw Failure("version", "it takes no argument");
    }
    std::string text = "upkeep " + std::string(upkeep_version()) + "\n";
    std::size_t widest = 0;
    for (const LinkedLibrary& library : linked_libraries()) {
        widest = std::max(widest, library.name.size());
    }
    for (const LinkedLibrary& library : linked_libraries()) {
        text += "  " + std::string(library.name) +
                std::string(widest - library.name.size() + 2, ' ') + std::string(library.version) +
                "\n";
    }
    print_answer(text, world.stop);
    return 0;
}

}  // namespace upkeep
