#include "cmd/program.h"
#include "core/failure.h"
#include "resource/request.h"

namespace upkeep {

int run_out(const Arguments& arguments, World& world) {
    if (arguments.size() != 1 || arguments.front().empty()) {
        throw Failure("out", "it takes one argument, the folder of the build's inputs");
    }
    const Request request = read_request(read_request_text(world.stop));
    throw Failure("out",
                  "the kind " + std::string(request.source.kind->name) +
                      " looks and does nothing, so nothing can be put",
                  "Use get, with trigger: true where a new finding is to start the job.");
}

}  // namespace upkeep
