// Following a build by the stream of its events.
#include "atc/concourse.h"
#include "atc/events.h"

namespace upkeep::atc {

bool Concourse::follow(
    BuildId id, std::uint64_t from,
    const std::function<void(std::uint64_t number, const json::object& event)>& f) {
    struct End {};
    const Ask ask{"GET", "/api/v1/builds/" + std::to_string(id) + "/events"};
    Endpoint endpoint = endpoint_;
    HttpRequest request = request_to(ask, endpoint);
    EventStream stream(request.doing(), [&](std::uint64_t number, const json::object& event) {
        if (number >= from) {
            f(number, event);
        }
    });
    request.headers = {{"Accept", "text/event-stream"}};
    // From the one before, which is there: Concourse sends nothing, not even its headers, before
    // the first event, and a build that is silent for long would look like a server that is.
    if (from > 1) {
        request.headers.push_back({"Last-Event-ID", std::to_string(from - 2)});
    }
    request.endless = true;
    request.silence = longest_silence;
    request.body_limit = limits::none;
    bool streamed = false;
    request.on_body = [&](std::string_view piece) {
        streamed = true;
        stream.take(piece);
        if (stream.ended()) {
            throw End();
        }
    };
    try {
        const HttpReply reply = send_signed(request, endpoint);
        if (reply.status != 200) {
            read(reply, ask);
        }
    } catch (const End&) {
        return true;
    } catch (const Failure& failure) {
        if (!streamed || !may_pass(failure)) {
            throw;
        }
    }
    return false;
}

}  // namespace upkeep::atc
