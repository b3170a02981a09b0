#include "atc/concourse.h"

#include <algorithm>
#include <utility>

#include "atc/not_a_concourse.h"
#include "atc/sign_in.h"
#include "core/text.h"
#include "net/repeated_secret.h"

namespace upkeep::atc {

namespace {

constexpr std::size_t builds_of_a_job = 1'000;

std::string path_of_pipeline(const JobRef& job) {
    return "/api/v1/teams/" + percent_encoded(job.team) + "/pipelines/" +
           percent_encoded(job.pipeline);
}

std::string path_of(const JobRef& job) {
    return path_of_pipeline(job) + "/jobs/" + percent_encoded(job.job);
}

// "vars.env=%22staging%22": without them another instance, or none, would answer.
std::string query_of(const JobRef& job) {
    std::string query;
    for (const auto& [name, value] : job.instance) {
        query += (query.empty() ? "vars." : "&vars.") + percent_encoded(name) + "=" +
                 percent_encoded(to_line(value));
    }
    return query;
}

std::string joined_query(const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + "&" + b;
}

bool same(const Secret& a, const Secret& b) {
    return a.reveal() == b.reveal();
}

// A 404 of a router whose web nodes are away must not read as "there is no such build".
void require_concourse(const HttpReply& reply, const HttpRequest& request) {
    if (!reply.header) {
        const Failure failure = unexpected_status(reply, request);
        throw Failure(failure.doing(), failure.why() + ", and it was not Concourse that did",
                      not_a_concourse);
    }
}

}  // namespace

std::string Concourse::doing(const Ask& ask) const {
    return request_to(ask, endpoint_).doing();
}

HttpRequest Concourse::request_to(const Ask& ask, const Endpoint& endpoint) const {
    HttpRequest request;
    request.endpoint = &endpoint;
    request.method = ask.method;
    request.path = ask.path;
    request.query = ask.query;
    request.follow_redirects = false;
    request.wanted_header = "X-Concourse-Version";  // on each answer of its API
    return request;
}

std::optional<Secret> Concourse::token_other_than(const std::optional<Secret>& refused) {
    if (endpoint_.token) {
        return endpoint_.token;
    }
    const std::lock_guard lock(mutex_);
    if (!token_ || (refused && same(*token_, *refused))) {
        token_ = sign_in(http_, endpoint_);
    }
    return token_;
}

// With one new sign-in where the token is refused: it may have expired, or Concourse has new keys.
HttpReply Concourse::send(const Ask& ask) {
    Endpoint endpoint = endpoint_;
    HttpRequest request = request_to(ask, endpoint);
    HttpReply reply = send_signed(request, endpoint);
    refuse_repeated_secret(reply.body, endpoint_, request.doing());
    refuse_repeated_secret(reply.body, endpoint, request.doing());  // its token
    return reply;
}

HttpReply Concourse::send_signed(HttpRequest& request, Endpoint& endpoint) {
    endpoint.username.reset();
    endpoint.password.reset();
    endpoint.token = token_other_than(std::nullopt);
    HttpReply reply = http_.send(request);
    if (reply.status == 401 && !endpoint_.token) {
        endpoint.token = token_other_than(endpoint.token);
        reply = http_.send(request);
    }
    if (reply.status == 401 && reply.header) {
        throw Refused(
            request.doing(),
            endpoint_.token
                ? "the token is refused: it is wrong, or it has expired"
                : "the token that it has just given to " + *endpoint_.username + " is refused",
            endpoint_.token ? "Sign in again (fly -t TARGET login), or give username and password."
                            : "Do all of its web nodes have the same keys?");
    }
    if (reply.status == 403 && reply.header) {
        throw Refused(request.doing(),
                      "this is not allowed to " + user() + quoted_reply(reply.body, request),
                      "Has it a role in this team, and was none taken away? An owner of the team "
                      "can give it (fly set-team).");
    }
    require_concourse(reply, request);
    return reply;
}

bool Concourse::signs_in_with(std::string_view text) {
    std::vector<Secret> tokens;
    {
        const std::lock_guard lock(mutex_);
        if (token_) {
            tokens.push_back(*token_);
        }
    }
    return repeats_secret(text, endpoint_, tokens, surely_a_secret);
}

const std::string& Concourse::user() const {
    static const std::string by_token = "the holder of the token";
    return endpoint_.username ? *endpoint_.username : by_token;
}

json::value Concourse::read(const HttpReply& reply, const Ask& ask,
                            const std::function<void(const json::value& item)>& f) const {
    const HttpRequest request = request_to(ask, endpoint_);
    if (reply.status >= 400 && reply.status < 500 && !is_passing(reply.status)) {
        const Failure failure = unexpected_status(reply, request);
        throw Refused(failure.doing(), failure.why(), failure.advice());
    }
    if (reply.status == 501) {
        throw Refused(request.doing(), "this is switched off in that Concourse",
                      "Its operators can allow it: --concurrent-request-limit of the web nodes.");
    }
    if (reply.status != 200) {
        throw unexpected_status(reply, request);
    }
    try {
        return parse_items(reply.body, request.doing(), f);
    } catch (const Failure& failure) {
        throw Failure(request.doing(), failure.why(), not_a_concourse);
    }
}

Roles Concourse::roles() {
    const Ask ask{"GET", "/api/v1/user"};
    const json::value value = read(send(ask), ask);
    const json::object* object = value.if_object();
    const json::object* teams = object == nullptr ? nullptr : object_in(*object, "teams");
    Roles roles;
    if (object == nullptr) {
        throw Failure(doing(ask), "it is " + type_name(value) + ", not a user", not_a_concourse);
    }
    roles.admin = is_true(*object, "is_admin");
    for (const auto& [team, list] : teams == nullptr ? json::object() : *teams) {
        std::vector<std::string>& names = roles.teams[std::string(team)];
        if (const json::array* array = list.if_array()) {
            for (const json::value& role : *array) {
                names.emplace_back(role.is_string() ? std::string(role.get_string()) : "");
            }
        }
    }
    return roles;
}

std::optional<Build> Concourse::build(BuildId id) {
    const Ask ask{"GET", "/api/v1/builds/" + std::to_string(id)};
    const HttpReply reply = send(ask);
    if (reply.status == 404) {
        return std::nullopt;
    }
    Build build = parse_build(read(reply, ask), doing(ask));
    if (build.id != id) {
        throw other_than_asked_for(doing(ask), "build " + std::to_string(build.id));
    }
    return build;
}

std::string Concourse::waits_for(BuildId id) {
    const Ask ask{"GET", "/api/v1/builds/" + std::to_string(id) + "/preparation"};
    const HttpReply reply = send(ask);
    return reply.status == 404 ? "" : parse_preparation(read(reply, ask), doing(ask));
}

bool Concourse::has_put(BuildId id, const json::object& version) {
    const Ask ask{"GET", "/api/v1/builds/" + std::to_string(id) + "/resources"};
    const HttpReply reply = send(ask);
    if (reply.status == 404) {
        return false;
    }
    const json::value value = read(reply, ask);
    const json::object* resources = value.if_object();
    const json::value* outputs = resources == nullptr ? nullptr : resources->if_contains("outputs");
    if (outputs == nullptr || !outputs->is_array()) {
        throw Failure(doing(ask), "it has no list of outputs", not_a_concourse);
    }
    const json::array& list = outputs->get_array();
    return std::any_of(list.begin(), list.end(), [&](const json::value& output) {
        const json::object* made =
            output.is_object() ? object_in(output.get_object(), "version") : nullptr;
        return made != nullptr && *made == version;
    });
}

void Concourse::each(const Ask& ask, const HttpReply& reply, const std::string& what,
                     const std::function<void(const json::value& item)>& f) {
    const json::value rest = read(reply, ask, f);
    if (!rest.is_array()) {
        throw Failure(doing(ask), "it is " + type_name(rest) + ", not a list of " + what,
                      not_a_concourse);
    }
}

template <typename Parse>
auto Concourse::list(const Ask& ask, const HttpReply& reply, const std::string& what, Parse parse) {
    const std::string doing = this->doing(ask);
    std::vector<decltype(parse(json::value(), doing))> items;
    each(ask, reply, what, [&](const json::value& item) { items.push_back(parse(item, doing)); });
    return items;
}

std::vector<Build> Concourse::list_builds(const Ask& ask) {
    const HttpReply reply = send(ask);
    if (reply.status == 404) {
        throw no_list(doing(ask), "Is there still such a pipeline and job? ");
    }
    return list(ask, reply, "builds", parse_build);
}

std::vector<Build> Concourse::builds_from(const JobRef& job, BuildId id) {
    const Ask ask{"GET", path_of(job) + "/builds",
                  joined_query(query_of(job), "from=" + std::to_string(id) +
                                                  "&limit=" + std::to_string(builds_of_a_job))};
    std::vector<Build> builds = list_builds(ask);
    for (const Build& build : builds) {
        if (build.job != job) {
            throw other_than_asked_for(doing(ask), build.text());
        }
    }
    if (builds.size() >= builds_of_a_job) {
        throw Refused(doing(ask),
                      "the job has more than " + std::to_string(builds_of_a_job - 1) +
                          " builds since one that still runs or waits",
                      "Abort the build that hangs: " + url_of(job));
    }
    return builds;
}

BuildId Concourse::newest_build(const JobRef& job) {
    const auto builds =
        list_builds({"GET", path_of(job) + "/builds", joined_query(query_of(job), "limit=1")});
    return builds.empty() ? 0 : builds.front().id;
}

std::vector<Job> Concourse::jobs() {
    const Ask ask{"GET", "/api/v1/jobs"};
    return list(ask, send(ask), "jobs", parse_job_state);
}

std::vector<Pipeline> Concourse::pipelines() {
    const Ask ask{"GET", "/api/v1/pipelines"};
    return list(ask, send(ask), "pipelines", parse_pipeline);
}

std::optional<Job> Concourse::job(const JobRef& job) {
    const Ask ask{"GET", path_of(job), query_of(job)};
    const HttpReply reply = send(ask);
    if (reply.status == 404) {
        return std::nullopt;
    }
    Job found = parse_job_state(read(reply, ask), doing(ask));
    if (found.ref != job) {
        throw other_than_asked_for(doing(ask), shown(found.ref));
    }
    return found;
}

std::optional<Pipeline> Concourse::pipeline(const JobRef& of) {
    const Ask ask{"GET", path_of_pipeline(of), query_of(of)};
    const HttpReply reply = send(ask);
    if (reply.status == 404) {
        return std::nullopt;
    }
    Pipeline found = parse_pipeline(read(reply, ask), doing(ask));
    if (found.ref != JobRef{of.team, of.pipeline, of.instance, ""}) {
        throw other_than_asked_for(
            doing(ask), "the pipeline " + in_brief(found.ref.team + "/" + found.ref.pipeline));
    }
    return found;
}

std::optional<Build> Concourse::trigger(const JobRef& job) {
    const Ask ask{"POST", path_of(job) + "/builds", query_of(job)};
    const HttpReply reply = send(ask);
    if (reply.status == 409) {
        throw Refused("triggering " + to_text(job),
                      reply.body.find("archived") != std::string::npos
                          ? "its pipeline is archived"
                          : "the job takes no manual trigger (disable_manual_trigger)");
    }
    if (reply.status == 404) {
        return std::nullopt;
    }
    Build build = parse_build(read(reply, ask), doing(ask));
    if (build.job != job) {
        throw other_than_asked_for(doing(ask), build.text());
    }
    return build;
}

bool Concourse::put(const std::string& path, const std::string& query) {
    const Ask ask{"PUT", path, query};
    const HttpReply reply = send(ask);
    if (reply.status != 200 && reply.status != 204 && reply.status != 404) {
        throw unexpected_status(reply, request_to(ask, endpoint_));
    }
    return reply.status != 404;
}

bool Concourse::abort_build(BuildId id) {
    return put("/api/v1/builds/" + std::to_string(id) + "/abort", "");
}

bool Concourse::pause(const JobRef& job) {
    return put(path_of(job) + "/pause", query_of(job));
}

bool Concourse::unpause(const JobRef& job) {
    return put(path_of(job) + "/unpause", query_of(job));
}

std::string Concourse::url_of(const JobRef& job) const {
    return for_people_.value_or(endpoint_.url)
        .at("/teams/" + percent_encoded(job.team) + "/pipelines/" + percent_encoded(job.pipeline) +
                "/jobs/" + percent_encoded(job.job),
            query_of(job))
        .text();
}

std::string Concourse::url_of(const Build& build) const {
    return for_people_.value_or(endpoint_.url).at("/builds/" + std::to_string(build.id)).text();
}

}  // namespace upkeep::atc
