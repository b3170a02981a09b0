#include "bosh/uaa.h"

#include <utility>
#include <vector>

#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"
#include "net/form.h"

namespace upkeep::bosh {

namespace {

// The client of the bosh CLI, for people; its secret is empty.
constexpr const char* cli_client = "bosh_cli";

constexpr const char* not_a_uaa =
    "Is it a UAA? A sign-in page, or a proxy on the way, may answer in its place.";

using Form = std::vector<std::pair<std::string, std::string>>;

// What it says of a refusal: {"error": "unauthorized", "error_description": "Bad credentials"}.
std::string said(const std::string& body) {
    const auto object = object_or_nothing(body);
    if (!object) {
        return "";  // a page of a proxy, say
    }
    const std::string description = text_in(*object, "error_description");
    return description.empty() ? text_in(*object, "error") : description;
}

struct Grant {
    std::string who;     // "the client upkeep", for messages
    std::string advice;  // when it is refused
    Form form;
    std::vector<Secret> secrets;
};

bool is_refusal(long status) {
    return status == 400 || status == 401 || status == 403;
}

Failure refused(const HttpRequest& request, const Grant& grant, const HttpReply& reply) {
    const std::string why = said(reply.body);
    return {request.doing(),
            "it refuses " + grant.who + quoted_reply(why.empty() ? reply.body : why, request),
            grant.advice};
}

Token token_of(const std::string& body, const std::string& doing) {
    const json::value value = parse_json(body, doing, not_a_uaa);
    const json::object* object = value.if_object();
    std::string access = object == nullptr ? "" : text_in(*object, "access_token");
    if (access.empty() || access.find_first_of("\r\n") != std::string::npos) {
        throw Failure(doing, "its answer has no access_token", not_a_uaa);
    }
    Token token{Secret(std::move(access)), std::nullopt};
    if (std::string refresh = text_in(*object, "refresh_token"); !refresh.empty()) {
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
    request.body = encoded_form(grant.form);
    request.repeatable = true;  // a second token does no harm
    request.secrets = grant.secrets;
    request.purpose =
        "getting a token from " + request.url().shown() + ", the UAA that the director names";
    HttpReply reply = http.send(request);
    if (is_refusal(reply.status)) {
        throw refused(request, grant, reply);
    }
    return token_of(body_of_200(std::move(reply), request), request.doing());
}

}  // namespace

Token client_token(Http& http, const Endpoint& uaa, const std::string& client,
                   const Secret& secret) {
    return ask(http, uaa, client, secret,
               {"the client " + client,
                "Are client and client_secret right (by hand: BOSH_CLIENT, BOSH_CLIENT_SECRET), or "
                "was the secret changed there? A person signs in by username and password.",
                {{"grant_type", "client_credentials"}},
                {secret}});
}

Token user_token(Http& http, const Endpoint& uaa, const std::string& user, const Secret& password) {
    return ask(http, uaa, cli_client, Secret(""),
               {"the user " + user,
                "Are username and password right, or was the password changed there? A UAA client "
                "signs in by client and client_secret (by hand: BOSH_CLIENT, BOSH_CLIENT_SECRET).",
                {{"grant_type", "password"}, {"username", user}, {"password", password.reveal()}},
                {password}});
}

Token refreshed_token(Http& http, const Endpoint& uaa, const Secret& refresh) {
    return ask(http, uaa, cli_client, Secret(""),
               {"the saved sign-in",
                "It has ended: run bosh log-in again, or set BOSH_CLIENT and BOSH_CLIENT_SECRET.",
                {{"grant_type", "refresh_token"}, {"refresh_token", refresh.reveal()}},
                {refresh}});
}

}  // namespace upkeep::bosh
