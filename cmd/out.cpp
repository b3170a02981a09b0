#include "resource/out.h"

#include "cmd/program.h"
#include "core/failure.h"
#include "resource/request.h"
#include "system/standard_streams.h"

namespace upkeep {

int run_out(const Arguments& arguments, World& world) {
    if (arguments.size() != 1 || arguments.front().empty()) {
        throw Failure("out", "it takes one argument, the folder of the build's inputs");
    }
    print_answer(out(read_request_text(world.stop), world), world.stop);
    return 0;
}

}  // namespace upkeep
