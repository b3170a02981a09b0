#include "net/http.h"

#include <openssl/evp.h>

#include <algorithm>
#include <string_view>

#include "core/failure.h"
#include "core/moment.h"
#include "core/text.h"
#include "net/retry.h"

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

std::string base64(const std::string& text) {
    std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(length));
    return encoded;
}

// A server may repeat the request that it complains about.
bool repeats_a_secret(std::string_view body, const Endpoint& endpoint) {
    const auto has = [&](const std::string& secret) {
        return !secret.empty() && (body.find(secret) != std::string_view::npos ||
                                   body.find(percent_encoded(secret)) != std::string_view::npos);
    };
    if (endpoint.password &&
        (has(endpoint.password->reveal()) ||
         has(base64(endpoint.username.value_or("") + ":" + endpoint.password->reveal())))) {
        return true;
    }
    return (endpoint.token && has(endpoint.token->reveal())) || has(endpoint.url.query);
}

// The beginning of what the server says of it, where that is a sentence and not a page.
std::string excerpt(const HttpReply& reply, const Endpoint& endpoint) {
    if (repeats_a_secret(reply.body, endpoint)) {
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

std::string patience_text(const HttpReply& reply, const RetryPolicy& retry) {
    return reply.asks_to_wait && *reply.asks_to_wait > retry.longest_wait
               ? "; it asks to wait for " + to_text(*reply.asks_to_wait) +
                     ", longer than upkeep waits"
               : "";
}

}  // namespace

std::string HttpRequest::doing() const {
    const std::string where = url().shown();
    return method == "GET"    ? "getting " + where
           : method == "POST" ? "posting to " + where
                              : method + " " + where;
}

Failure unexpected_status(const HttpReply& reply, const HttpRequest& request) {
    return {request.doing(),
            "the server answered " + std::to_string(reply.status) +
                excerpt(reply, *request.endpoint) + patience_text(reply, request.retry) +
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
    return body_of_200(http.send(request), request);
}

}  // namespace upkeep
