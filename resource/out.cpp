#include "resource/out.h"

#include "core/failure.h"
#include "resource/answer.h"
#include "resource/request.h"

namespace upkeep {

std::string out(std::string_view text, World& world) {
    const Request request = read_request(text);
    if (!request.actor) {
        throw Failure("out",
                      "the kind " + std::string(request.source.kind->name) +
                          " looks and does nothing, so nothing can be put",
                      "Use get, with trigger: true where a new finding is to start the job.");
    }
    const PutAnswer answer = request.actor->put(request.params, world);
    return answer_line(answer.version, answer.metadata);
}

}  // namespace upkeep
