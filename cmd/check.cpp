#include "resource/check.h"

#include "cmd/program.h"
#include "core/failure.h"
#include "core/text.h"
#include "resource/request.h"
#include "system/standard_streams.h"

namespace upkeep {

int run_check(const Arguments& arguments, World& world) {
    if (!arguments.empty()) {
        throw Failure("check", "it takes no argument", "The request comes on standard input.");
    }
    const CheckAnswer answer = check(read_request_text(world.stop), world);
    print_error(printable_lines(answer.notice));
    print_answer(answer.versions, world.stop);
    return 0;
}

}  // namespace upkeep
