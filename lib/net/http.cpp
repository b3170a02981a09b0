#include "net/http.h"

#include <algorithm>

#include "core/failure.h"
#include "core/text.h"

namespace upkeep {

namespace {

std::string advice_for(long status, const Endpoint& endpoint) {
    if (status == 401 || status == 403) {
        return endpoint.username || endpoint.token
                   ? "Are the username and password (or token) right, "
                     "and may they read this?"
                   : "It wants a sign-in: give username and password.";
    }
    if (status == 404 || status == 410) {
        return "Is the URL right?";
    }
    return status >= 500 ? "Its own log should say more." : "";
}

// The beginning of what the server says of it, where that is a sentence and not a page. Not where a
// secret was sent, which the server might repeat.
std::string excerpt(const HttpReply& reply, const HttpRequest& request) {
    const Endpoint& endpoint = *request.endpoint;
    if (endpoint.password || endpoint.token || !request.url().query.empty()) {
        return "";
    }
    constexpr std::size_t columns = 200;
    const std::size_t first = reply.body.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || reply.body[first] == '<') {
        return "";
    }
    const std::size_t last = reply.body.find_last_not_of(" \t\r\n");
    const std::string said = reply.body.substr(first, std::min(last + 1 - first, 4 * columns));
    return ": " + shortened(printable(said), columns);
}

}  // namespace

std::string get_body(Http& http, const HttpRequest& request) {
    HttpReply reply = http.get(request);
    if (reply.status != 200) {
        throw Failure(
            "getting " + request.url().shown(),
            "the server answered " + std::to_string(reply.status) + excerpt(reply, request) +
                (reply.tries > 1 ? " (tried " + std::to_string(reply.tries) + " times)" : ""),
            advice_for(reply.status, *request.endpoint));
    }
    return std::move(reply.body);
}

}  // namespace upkeep
