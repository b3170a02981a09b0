#include "atc/sign_in.h"

#include <string>
#include <utility>
#include <vector>

#include "atc/not_a_concourse.h"
#include "core/json.h"
#include "net/form.h"

namespace upkeep::atc {

namespace {

// {"error": "access_denied", "error_description": "Invalid username or password"}; both empty for a
// page that something on the way has sent.
struct Refusal {
    std::string error;
    std::string words;
};

Refusal refusal_in(const HttpReply& reply) {
    const bool is_refusal = reply.status == 400 || reply.status == 401 || reply.status == 403;
    const auto object = is_refusal ? object_or_nothing(reply.body) : std::nullopt;
    const std::string error = object ? text_in(*object, "error") : "";
    const std::string description = error.empty() ? "" : text_in(*object, "error_description");
    return {error, description.empty() ? error : description};
}

Secret token_in(const std::string& body, const std::string& doing) {
    const json::value answer = parse_json(body, doing, not_a_concourse);
    std::string token = answer.is_object() ? text_in(answer.get_object(), "access_token") : "";
    if (token.empty() || token.find_first_of("\r\n") != std::string::npos) {
        throw Failure(doing, "its answer has no access_token", not_a_concourse);
    }
    return Secret(std::move(token));
}

}  // namespace

Secret sign_in(Http& http, const Endpoint& endpoint) {
    Endpoint fly = endpoint;
    fly.username = "fly";  // the client that every Concourse knows; its secret is no secret
    fly.password = Secret("Zmx5");
    fly.token.reset();
    HttpRequest request;
    request.endpoint = &fly;
    request.method = "POST";
    request.path = "/sky/issuer/token";
    request.headers = {{"Accept", "application/json"},
                       {"Content-Type", "application/x-www-form-urlencoded"}};
    // With the scope openid alone the token would have no teams.
    request.body = encoded_form({{"grant_type", "password"},
                                 {"username", endpoint.username.value()},
                                 {"password", endpoint.password.value().reveal()},
                                 {"scope", "openid profile email federated:id groups"}});
    request.repeatable = true;  // a second token does no harm
    request.follow_redirects = false;
    request.secrets = {*endpoint.password};
    request.purpose = "signing in to the Concourse at " + endpoint.url.shown();
    HttpReply reply = http.send(request);
    const Refusal refusal = refusal_in(reply);
    // So it answers whatever went wrong while it asked for the user: LDAP may be away.
    if (refusal.error == "invalid_request") {
        throw Failure(request.doing(),
                      "it cannot sign in the user " + *endpoint.username + " now" +
                          quoted_reply(refusal.words, request),
                      "Can it reach its LDAP, or whatever knows this user?");
    }
    if (!refusal.words.empty()) {
        throw Refused(
            request.doing(),
            "it refuses the user " + *endpoint.username + quoted_reply(refusal.words, request),
            "Are username and password right? Only a local or an LDAP user can sign in "
            "so; a person who signs in elsewhere has a token by `fly login`.");
    }
    return token_in(body_of_200(std::move(reply), request), request.doing());
}

}  // namespace upkeep::atc
