#include "bosh/director.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "core/json.h"
#include "core/text.h"
#include "net/repeated_secret.h"

namespace upkeep::bosh {

namespace {

constexpr const char* not_a_director =
    "Is it a BOSH director, and does nothing on the way (a proxy, a sign-in page) answer for it?";
constexpr long leads_to_task = 302;
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
    const auto object = object_or_nothing(reply.body);
    const json::value* code = object ? object->if_contains("code") : nullptr;
    return code != nullptr && *code == not_authorized
               ? std::optional(text_in(*object, "description"))
               : std::nullopt;
}

// "/tasks/12" of wherever the redirect leads: a director behind a tunnel names itself by an address
// that is not ours.
std::string task_path(const HttpReply& reply, const std::string& doing) {
    constexpr std::string_view tasks = "/tasks/";
    // A sign-in page may be asked to lead on to one.
    const std::string path = reply.location.substr(0, reply.location.find_first_of("?#"));
    const std::size_t at = path.rfind(tasks);
    const std::string number = at == std::string::npos ? "" : path.substr(at + tasks.size());
    if (number.empty() || number.size() > 18 ||
        !std::all_of(number.begin(), number.end(), is_digit)) {
        throw Failure(doing, "it leads to no task, but to " + in_brief(shown_location(reply), 200),
                      not_a_director);
    }
    return std::string(tasks) + number;
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
    for (const auto& secret : {endpoint_.password, endpoint_.refresh_token}) {
        if (secret) {
            request.secrets.push_back(*secret);  // the token is asked for with it
        }
    }
    return request;
}

const DirectorInfo& Director::info() {
    const std::lock_guard lock(info_mutex_);
    if (!info_) {
        Endpoint anonymous = endpoint_;
        anonymous.username.reset();
        anonymous.password.reset();
        const HttpRequest request = request_to(anonymous, "/info", "");
        const std::string body = body_of_200(http_.send(request), request);
        refuse_repeated_secret(body, endpoint_, request.doing());
        info_ = parse_director_info(body, request.url().shown());
    }
    return *info_;
}

std::string Director::identity() const {
    if (!endpoint_.username) {
        return endpoint_.refresh_token ? "the sign-in of the bosh CLI" : "";
    }
    return (endpoint_.as_client ? "client " : "user ") + *endpoint_.username;
}

std::string Director::info_place() const {
    return url_of("/info");
}

std::string Director::url_of(const std::string& path) const {
    return endpoint_.url.at(path).shown();
}

std::string Director::deployments_place() const {
    return endpoint_.url.at(deployments_path, deployments_query).shown();
}

std::vector<Deployment> Director::deployments() {
    ListedDeployments listed = parse_deployments(get(deployments_path, deployments_query),
                                                 deployments_place(), not_a_director);
    if (!listed.missing.empty() || !listed.doubt.empty()) {
        throw Failure("reading the deployments from " + deployments_place(),
                      "it is a table, wanted: a list in JSON", not_a_director);
    }
    return std::move(listed.all);
}

std::string Director::get(const std::string& path, const std::string& query) {
    return ask(path, query, 200).body;
}

std::string Director::start_task(const std::string& path, const std::string& query) {
    const HttpReply reply = ask(path, query, leads_to_task);
    return task_path(reply, "getting " + endpoint_.url.at(path, query).shown());
}

std::string Director::task_result(const std::string& task) {
    const std::string output = task + "/output";
    HttpReply reply = ask(output, "type=result", 200);
    if (!reply.says_its_end) {
        throw Failure("getting " + url_of(output),
                      "nothing tells whether it is whole: it has neither a length nor chunks",
                      not_the_director);
    }
    return std::move(reply.body);
}

HttpReply Director::ask(const std::string& path, const std::string& query, long wanted_status) {
    const bool by_token = info().uaa_url && (endpoint_.username || endpoint_.refresh_token);
    Endpoint endpoint = endpoint_;
    if (by_token) {
        endpoint.username.reset();
        endpoint.password.reset();
        endpoint.token = token_other_than(std::nullopt);
    }
    HttpRequest request = request_to(endpoint, path, query);
    request.repeatable = wanted_status != leads_to_task;  // each would start another
    HttpReply reply = http_.send(request);
    if (by_token && reply.status == 401 && !lacking_scope(reply)) {
        // It may have expired, or the UAA may have new keys.
        endpoint.token = token_other_than(endpoint.token);
        reply = http_.send(request);
    }
    if (reply.status == wanted_status) {
        refuse_repeated_secret(reply.body, endpoint_, request.doing());
        refuse_repeated_secret(reply.body, endpoint, request.doing());
        return reply;
    }
    if (reply.status == 401 || lacking_scope(reply)) {
        throw refusal(reply, request, by_token);
    }
    if (reply.status == 200) {
        throw Failure(request.doing(), "it answered 200, wanted: a redirect to a task",
                      not_the_director);
    }
    throw unexpected_status(reply, request);
}

Failure Director::refusal(const HttpReply& reply, const HttpRequest& request, bool by_token) {
    if (const auto description = lacking_scope(reply)) {
        const std::string uuid = info().uuid.empty() ? "UUID" : printable(info().uuid);
        return {request.doing(),
                "the director knows " + identity() + ", but does not let it read this" +
                    quoted_reply(*description, request),
                "Was a role taken away? Give it the scope bosh.read, or bosh." + uuid +
                    ".read for this director alone; the next look then has it."};
    }
    const std::string said = quoted_reply(reply.body, request);
    if (identity().empty()) {
        return {request.doing(), "the director wants a sign-in" + said,
                "Give client and client_secret (by hand: BOSH_CLIENT, BOSH_CLIENT_SECRET), or "
                "username and password."};
    }
    if (by_token) {
        return {request.doing(),
                "the director takes no token that its UAA gives to " + identity() + said,
                "Do director and UAA belong together, and do their clocks agree?"};
    }
    return {request.doing(), "the director refuses " + identity() + said,
            "This director has no UAA, but users of its own: are username and password (by hand: "
            "BOSH_CLIENT, BOSH_CLIENT_SECRET) those of one?"};
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
        throw Failure("getting a token",
                      std::string("what the director names as its UAA is no URL to sign in at: ") +
                          error.what(),
                      "Mend that in the director's own manifest (director.user_management.uaa).");
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
