#include "bosh/uaa.h"

#include <utility>
#include <vector>

#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

// The client of the bosh CLI, for people; its secret is empty.
constexpr const char* cli_client = "bosh_cli";

using Form = std::vector<std::pair<std::string, std::string>>;

std::string encoded(const Form& form) {
    std::string text;
    for (const auto& [name, value] : form) {
        text += (text.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
    }
    return text;
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

// What it says of a refusal: {"error": "unauthorized", "error_description": "Bad credentials"}.
std::string said(const std::string& body) {
    try {
        const json::value value = parse_json(body, "reading");
        if (const json::object* object = value.if_object()) {
            const std::string description = text_of(*object, "error_description");
            return description.empty() ? text_of(*object, "error") : description;
        }
    } catch (const Failure&) {
        return "";  // a page of a proxy, say
    }
    return "";
}

struct Grant {
    std::string who;     // "the client upkeep", for messages
    std::string advice;  // when it is refused
    Form form;
};

Failure refused(const std::string& doing, const Grant& grant, const HttpReply& reply) {
    const bool by_uaa = reply.status == 400 || reply.status == 401 || reply.status == 403;
    const std::string what = said(reply.body);
    return {doing,
            (by_uaa ? "it refuses " + grant.who : "it answered " + std::to_string(reply.status)) +
                (what.empty() ? "" : ": " + shortened(printable(what), 200)),
            by_uaa ? grant.advice : "Its own log should say more."};
}

Token token_of(const HttpReply& reply, const std::string& doing) {
    const json::value value = parse_json(reply.body, doing);
    const json::object* object = value.if_object();
    std::string access = object == nullptr ? "" : text_of(*object, "access_token");
    if (access.empty() || access.find_first_of("\r\n") != std::string::npos) {
        throw Failure(doing, "its answer has no access_token", "Is it a UAA?");
    }
    Token token{Secret(std::move(access)), std::nullopt};
    if (std::string refresh = text_of(*object, "refresh_token"); !refresh.empty()) {
        token.refresh = Secret(std::move(refresh));
    }
    return token;
}

Token ask(Http& http, Endpoint uaa, const std::string& client, const Secret& secret,
          const Grant& grant) {
    // Encoded, as RFC 6749 has it; the header tells so to a UAA that would take them as they are.
    uaa.username = percent_encoded(client);
    uaa.password = Secret(percent_encoded(secret.reveal()));
    uaa.token.reset();
    HttpRequest request;
    request.endpoint = &uaa;
    request.method = "POST";
    request.path = "/oauth/token";
    request.headers = {{"Accept", "application/json"},
                       {"X-CF-Encoded-Credentials", "true"},
                       {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = encoded(grant.form);
    request.repeatable = true;  // a second token does no harm
    const std::string doing = "getting a token from " + request.url().shown();
    const HttpReply reply = http.send(request);
    if (reply.status != 200) {
        throw refused(doing, grant, reply);
    }
    return token_of(reply, doing);
}

}  // namespace

Token client_token(Http& http, const Endpoint& uaa, const std::string& client,
                   const Secret& secret) {
    return ask(http, uaa, client, secret,
               {"the client " + client,
                "Are client and client_secret right, and has the secret not been changed? A "
                "person signs in by username and password instead.",
                {{"grant_type", "client_credentials"}}});
}

Token user_token(Http& http, const Endpoint& uaa, const std::string& user, const Secret& password) {
    return ask(http, uaa, cli_client, Secret(""),
               {"the user " + user,
                "Are username and password right? A UAA client signs in by client and "
                "client_secret instead.",
                {{"grant_type", "password"}, {"username", user}, {"password", password.reveal()}}});
}

Token refreshed_token(Http& http, const Endpoint& uaa, const Secret& refresh) {
    return ask(http, uaa, cli_client, Secret(""),
               {"the saved sign-in",
                "It has ended: sign in again (bosh log-in).",
                {{"grant_type", "refresh_token"}, {"refresh_token", refresh.reveal()}}});
}

}  // namespace upkeep::bosh
