#include "bosh/director.h"

#include <stdexcept>
#include <utility>

#include "core/json.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

constexpr const char* deployments_path = "/deployments";
// Without configs and releases the answer of a large director is a tenth as long.
constexpr const char* deployments_query = "exclude_configs=true&exclude_releases=true";

// What a director says of a sign-in that is good, but may not do this: {"code": 600000,
// "description": "Require one of the scopes: bosh.admin, bosh.UUID.admin, bosh.read, ..."}. Any
// other 401 is about the sign-in itself.
std::optional<std::string> lacking_scope(const HttpReply& reply) {
    constexpr std::int64_t not_authorized = 600000;
    if (reply.status != 401 && reply.status != 403) {
        return std::nullopt;
    }
    try {
        const json::value value = parse_json(reply.body, "reading");
        const json::object* object = value.if_object();
        const json::value* code = object == nullptr ? nullptr : object->if_contains("code");
        if (code == nullptr || *code != not_authorized) {
            return std::nullopt;
        }
        const json::value* description = object->if_contains("description");
        return description != nullptr && description->is_string()
                   ? std::string(description->get_string())
                   : "";
    } catch (const Failure&) {
        return std::nullopt;
    }
}

bool same(const Secret& a, const Secret& b) {
    return a.reveal() == b.reveal();
}

}  // namespace

HttpRequest Director::request_to(const Endpoint& endpoint, const std::string& path,
                                 const std::string& query) const {
    HttpRequest request;
    request.endpoint = &endpoint;
    request.path = path;
    request.query = query;
    request.retry = director_retries;
    request.follow_redirects = false;
    return request;
}

const DirectorInfo& Director::info() {
    const std::lock_guard lock(info_mutex_);
    if (!info_) {
        Endpoint anonymous = endpoint_;
        anonymous.username.reset();
        anonymous.password.reset();
        const HttpRequest request = request_to(anonymous, "/info", "");
        info_ =
            parse_director_info(body_of_200(http_.send(request), request), request.url().shown());
    }
    return *info_;
}

std::string Director::identity() const {
    if (!endpoint_.username) {
        return endpoint_.refresh_token ? "the sign-in of the bosh CLI"
               : endpoint_.token       ? "the token"
                                       : "";
    }
    return (endpoint_.as_client ? "client " : "user ") + *endpoint_.username;
}

std::string Director::info_place() const {
    return endpoint_.url.at("/info").shown();
}

std::string Director::deployments_place() const {
    return endpoint_.url.at(deployments_path, deployments_query).shown();
}

std::vector<Deployment> Director::deployments() {
    const HttpRequest request = request_to(endpoint_, deployments_path, deployments_query);
    return parse_deployments(body_of_200(get(deployments_path, deployments_query), request),
                             deployments_place())
        .all;
}

HttpReply Director::get(const std::string& path, const std::string& query) {
    const bool by_token = info().uaa_url && (endpoint_.username || endpoint_.refresh_token);
    std::optional<Secret> token;
    if (by_token) {
        token = token_other_than(std::nullopt);
    }
    HttpReply reply = send(path, query, token);
    if (by_token && reply.status == 401 && !lacking_scope(reply)) {
        // It may have expired, or the UAA may have new keys.
        token = token_other_than(token);
        reply = send(path, query, token);
    }
    if (reply.status == 200 || reply.status == 302) {
        return reply;
    }
    if (reply.status == 401 || lacking_scope(reply)) {
        throw refusal(reply, "getting " + endpoint_.url.at(path, query).shown(), by_token);
    }
    throw unexpected_status(reply, request_to(endpoint_, path, query));
}

HttpReply Director::send(const std::string& path, const std::string& query,
                         const std::optional<Secret>& token) {
    if (!token) {
        return http_.send(request_to(endpoint_, path, query));
    }
    Endpoint endpoint = endpoint_;
    endpoint.username.reset();
    endpoint.password.reset();
    endpoint.token = token;
    return http_.send(request_to(endpoint, path, query));
}

Failure Director::refusal(const HttpReply& reply, const std::string& doing, bool had_token) {
    if (const auto description = lacking_scope(reply)) {
        const std::string uuid = info().uuid.empty() ? "UUID" : printable(info().uuid);
        return {doing,
                "the director knows " + identity() + ", but lets it not read this" +
                    (description->empty() ? "" : ": " + shortened(printable(*description), 300)),
                "Give it the scope bosh.read, or bosh." + uuid +
                    ".read for this director alone; a token that it gets then has it."};
    }
    if (identity().empty()) {
        return {doing, "the director wants a sign-in",
                "Give client and client_secret, or username and password."};
    }
    if (had_token) {
        return {doing, "the director takes no token that its UAA gives to " + identity(),
                "Do director and UAA belong together, and do their clocks agree?"};
    }
    return {doing, "the director refuses " + identity(),
            endpoint_.token ? "Has it expired?"
                            : "It has no UAA: are username and password those of its own users?"};
}

std::optional<Secret> Director::token_other_than(const std::optional<Secret>& refused) {
    const std::string uaa_url = *info().uaa_url;
    const std::lock_guard lock(token_mutex_);
    if (!token_ || (refused && same(token_->access, *refused))) {
        token_ = new_token(uaa_url);
    }
    return token_->access;
}

Token Director::new_token(const std::string& uaa_url) {
    Endpoint uaa = endpoint_;
    try {
        uaa.url = parse_url(uaa_url, "https");
    } catch (const std::invalid_argument& error) {
        throw Failure("getting a token", "the director names as its UAA " +
                                             shortened(printable(uaa_url), 200) + ": " +
                                             error.what());
    }
    const std::optional<Secret>& refresh =
        token_ && token_->refresh ? token_->refresh : endpoint_.refresh_token;
    if (refresh) {
        try {
            return refreshed_token(http_, uaa, *refresh);
        } catch (const Stopped&) {
            throw;
        } catch (const Failure&) {
            if (!endpoint_.username) {
                throw;
            }
        }
    }
    return endpoint_.as_client ? client_token(http_, uaa, *endpoint_.username, *endpoint_.password)
                               : user_token(http_, uaa, *endpoint_.username, *endpoint_.password);
}

}  // namespace upkeep::bosh
