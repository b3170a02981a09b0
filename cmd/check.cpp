#include "resource/check.h"

#include "cmd/program.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "system/standard_streams.h"

namespace upkeep {

int run_check(const Arguments& arguments, World& world) {
    if (!arguments.empty()) {
        throw Failure("check", "it takes no argument", "The request comes on standard input.");
    }
    const std::string request = read_standard_input(
        limits::request_bytes, "reading the request on standard input", world.stop);
    const CheckAnswer answer = check(request, world);
    print_error(printable_lines(answer.notice));
    print_answer(answer.versions, world.stop);
    return 0;
}

}  // namespace upkeep
