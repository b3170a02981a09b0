#include "uaa.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/json.hpp>
#include <utility>

namespace standin {
namespace {

namespace json = boost::json;

constexpr unsigned bad_request = 400;
constexpr unsigned unauthorized = 401;
constexpr int token_seconds = 600;

Reply said(unsigned status, const json::object& body) {
    Reply reply;
    reply.status = status;
    reply.headers = {{"Content-Type", "application/json;charset=UTF-8"},
                     {"Cache-Control", "no-store"},
                     {"Pragma", "no-cache"}};
    reply.body = json::serialize(body);
    return reply;
}

Reply refusal(unsigned status, const std::string& error, const std::string& description) {
    return said(status, {{"error", error}, {"error_description", description}});
}

Reply not_signed_in() {
    Reply reply = refusal(unauthorized, "unauthorized",
                          "Full authentication is required to access this resource");
    reply.headers.emplace_back(
        "WWW-Authenticate",
        R"(Basic realm="UAA/client", error="unauthorized", error_description="Full authentication )"
        R"(is required to access this resource")");
    return reply;
}

}  // namespace

Uaa::Uaa(UaaSettings settings, Tokens& access, Tokens& refresh)
    : settings_(std::move(settings)), access_(access), refresh_(refresh) {
    for (const auto& [name, user] : settings_.users) {
        if (!user.refresh_token.empty()) {
            refresh_.lay_down(user.refresh_token, {"bosh_cli", name, user.scopes});
        }
    }
}

Reply Uaa::answer(const Arrival& arrival) {
    const Asked asked(arrival);
    if (asked.path != "/oauth/token") {
        return refusal(404, "not_found", "Not Found");
    }
    if (arrival.method != "POST") {
        return refusal(405, "method_not_allowed",
                       "Request method '" + arrival.method + "' not supported");
    }
    const auto sign_in = basic_sign_in(arrival);
    if (!sign_in) {
        return not_signed_in();
    }
    const bool coded =
        settings_.decodes_basic || header_of(arrival, "x-cf-encoded-credentials") == "true";
    const std::string client = coded ? form_decoded(sign_in->first) : sign_in->first;
    const std::string secret = coded ? form_decoded(sign_in->second) : sign_in->second;
    const auto known = settings_.clients.find(client);
    if (known == settings_.clients.end() || known->second.secret != secret) {
        return bad_credentials();
    }
    return grant(client, parse_form(arrival.body));
}

Reply Uaa::bad_credentials() const {
    Reply reply = refusal(unauthorized, settings_.refusal, "Bad credentials");
    reply.headers.emplace_back(
        "WWW-Authenticate",
        R"(Basic realm="UAA/client", error="unauthorized", error_description="Bad credentials")");
    return reply;
}

Reply Uaa::grant(const std::string& client, const Form& form) {
    const std::string type = value_of(form, "grant_type");
    const UaaClient& known = settings_.clients.at(client);
    if (type.empty()) {
        return refusal(bad_request, "invalid_request", "Missing grant type");
    }
    if (std::find(known.grants.begin(), known.grants.end(), type) == known.grants.end()) {
        return refusal(unauthorized, "invalid_client", "Unauthorized grant type");
    }
    if (type == "client_credentials") {
        return grant_to({client, "", known.scopes});
    }
    return type == "password" ? grant_password(client, form) : grant_refresh(client, form);
}

Reply Uaa::grant_password(const std::string& client, const Form& form) {
    const auto user = settings_.users.find(value_of(form, "username"));
    if (user == settings_.users.end() || user->second.password != value_of(form, "password")) {
        return bad_credentials();
    }
    return grant_to({client, user->first, user->second.scopes});
}

// It repeats a token that it does not know, as the real one does.
Reply Uaa::grant_refresh(const std::string& client, const Form& form) {
    const std::string token = value_of(form, "refresh_token");
    const std::optional<Holder> holder = refresh_.use(token);
    if (!holder) {
        return refusal(unauthorized, "invalid_token", "Invalid token (could not decode): " + token);
    }
    if (holder->client != client) {
        return refusal(bad_request, "invalid_grant",
                       "Wrong client for this refresh token: " + holder->client);
    }
    return grant_to(*holder);
}

Reply Uaa::grant_to(const Holder& holder) {
    json::object body{{"access_token", access_.issue(holder, settings_.token_uses)},
                      {"token_type", settings_.token_type},
                      {"expires_in", token_seconds},
                      {"scope", boost::algorithm::join(holder.scopes, " ")},
                      {"jti", "a57b8733163e443aa3d79ac58a886d7b"}};
    if (!holder.user.empty()) {
        body["refresh_token"] = refresh_.issue(holder, settings_.refresh_uses);
    }
    return said(200, body);
}

}  // namespace standin
