#include "net/http.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core/failure.h"
#include "core/moment.h"
#include "core/text.h"
#include "net/repeated_secret.h"
#include "net/retry.h"

namespace upkeep {

namespace {

bool is_redirect(long status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string advice_for(long status, const Endpoint& endpoint) {
    if (status == 401 || status == 403) {
        return endpoint.username || endpoint.token
                   ? "Are the username and password (or token) right, "
                     "and may they read this?"
                   : "It wants a sign-in: give username and password.";
    }
    if (status == 429) {
        return "It is asked too often: look less often (check_every), or later.";
    }
    if (is_redirect(status)) {
        return "Is the URL right, and is no sign-in page in front of it?";
    }
    return status >= 500 ? "Its own log should say more." : "Is the URL right?";
}

std::string where_it_leads(const HttpReply& reply) {
    return is_redirect(reply.status) ? ", a redirect to " + shown_location(reply) : "";
}

// A server may repeat the request that it complains about.
bool repeats_request(std::string_view said, const HttpRequest& request) {
    std::vector<Secret> more = request.secrets;
    more.emplace_back(request.endpoint->url.query);
    return repeats_secret(said, *request.endpoint, more, 1);
}

std::string patience_text(const HttpReply& reply, const RetryPolicy& retry) {
    return reply.asks_to_wait && *reply.asks_to_wait > retry.longest_wait
               ? "; it asks to wait " + text_of_length(*reply.asks_to_wait) +
                     ", longer than upkeep waits"
               : "";
}

}  // namespace

std::string shown_location(const HttpReply& reply) {
    try {
        return reply.location.empty() ? "nowhere" : parse_url(reply.location).shown();
    } catch (const std::invalid_argument&) {
        return "what is no URL";
    }
}

std::string quoted_reply(std::string_view said, const HttpRequest& request) {
    constexpr std::size_t columns = 200;
    const std::size_t first = said.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || said[first] == '<' || repeats_request(said, request)) {
        return "";
    }
    const std::size_t last = said.find_last_not_of(" \t\r\n");
    const std::string_view quoted = said.substr(first, std::min(last + 1 - first, 4 * columns));
    return ": " + shortened(printable(quoted), columns);
}

std::string HttpRequest::doing() const {
    if (!purpose.empty()) {
        return purpose;
    }
    const std::string where = url().shown();
    return method == "GET"    ? "getting " + where
           : method == "POST" ? "posting to " + where
                              : method + " " + where;
}

Failure unexpected_status(const HttpReply& reply, const HttpRequest& request) {
    return {request.doing(),
            "the server" + (reply.proxy.empty() ? "" : ", or the proxy " + reply.proxy + ",") +
                " answered " + std::to_string(reply.status) + where_it_leads(reply) +
                quoted_reply(reply.body, request) + patience_text(reply, request.retry) +
                (reply.tries > 1 ? " (tried " + std::to_string(reply.tries) + " times)" : ""),
            advice_for(reply.status, *request.endpoint)};
}

std::string body_of_200(HttpReply reply, const HttpRequest& request) {
    if (reply.status != 200) {
        throw unexpected_status(reply, request);
    }
    return std::move(reply.body);
}

std::string get_body(Http& http, const HttpRequest& request) {
    std::string body = body_of_200(http.send(request), request);
    refuse_repeated_secret(body, *request.endpoint, request.doing());
    return body;
}

}  // namespace upkeep
