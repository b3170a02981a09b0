#include "resource/in.h"

#include "cmd/program.h"
#include "core/failure.h"
#include "core/text.h"
#include "resource/request.h"
#include "system/standard_streams.h"

namespace upkeep {

int run_in(const Arguments& arguments, World& world) {
    if (arguments.size() != 1 || arguments.front().empty()) {
        throw Failure("in", "it takes one argument, the folder to write into");
    }
    const InAnswer answer = in(read_request_text(world.stop), arguments.front(), world);
    print_error(printable_lines(answer.notice));
    print_answer(answer.version, world.stop);
    return 0;
}

}  // namespace upkeep
