#include "resource/out.h"

#include "cmd/program.h"
#include "core/failure.h"
#include "core/limits.h"
#include "system/standard_streams.h"

namespace upkeep {

int run_out(const Arguments& arguments, World& world) {
    if (arguments.size() != 1 || arguments.front().empty()) {
        throw Failure("out", "it takes one argument, the folder of the build's inputs");
    }
    const std::string request = read_standard_input(
        limits::request_bytes, "reading the request on standard input", world.stop);
    print_answer(out(request, world), world.stop);
    return 0;
}

}  // namespace upkeep
