#include "concourse.h"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json.hpp>

#include "concourse_reply.h"

namespace standin {
namespace {

namespace json = boost::json;

constexpr int token_seconds = 86'399;
const std::pair<std::string, std::string> version_header{"X-Concourse-Version", "8.2.5"};

Reply login_refused(unsigned status, const char* error, const char* description) {
    return concourse_json(status,
                          json::object{{"error", error}, {"error_description", description}});
}

}  // namespace

Reply concourse_says(unsigned status, std::string body) {
    Reply reply;
    reply.status = status;
    reply.headers = {{"Content-Type", "text/plain; charset=utf-8"}, version_header};
    reply.body = std::move(body);
    return reply;
}

Reply concourse_json(unsigned status, const json::value& body) {
    Reply reply = concourse_says(status, json::serialize(body) + "\n");
    reply.headers = {{"Content-Type", "application/json"}, version_header};
    return reply;
}

bool Concourse::Asker::sees(std::string_view team) const {
    return admin || roles.find(team) != roles.end();
}

bool Concourse::Asker::operates(std::string_view team) const {
    const auto own = roles.find(team);
    return admin || (own != roles.end() &&
                     std::any_of(own->second.begin(), own->second.end(),
                                 [](const std::string& role) { return role != "viewer"; }));
}

Reply Concourse::refusal(const Asker& who) {
    return who.known ? concourse_says(403, "forbidden") : concourse_says(401, "not authorized");
}

Reply Concourse::sign_in(const Arrival& arrival) {
    const auto client = basic_sign_in(arrival);
    if (!client || *client != std::pair<std::string, std::string>("fly", "Zmx5")) {
        return login_refused(401, "invalid_client", "Invalid client credentials.");
    }
    const Form form = parse_form(arrival.body);
    if (value_of(form, "grant_type") != "password") {
        return login_refused(400, "unsupported_grant_type", "");
    }
    const auto user = state_.settings().users.find(value_of(form, "username"));
    if (user == state_.settings().users.end() || user->second.password.empty() ||
        user->second.password != value_of(form, "password")) {
        return login_refused(401, "access_denied", "Invalid username or password");
    }
    const bool with_teams = value_of(form, "scope").find("groups") != std::string::npos;
    const Holder holder{
        "fly", user->first,
        with_teams ? std::vector<std::string>{"groups"} : std::vector<std::string>()};
    // The id_token is refused as a bearer: it is none of the tokens that were issued.
    return concourse_json(
        200, json::object{{"access_token", tokens_.issue(holder, state_.settings().token_uses)},
                          {"token_type", "bearer"},
                          {"expires_in", token_seconds},
                          {"id_token", tokens_.issue({"fly", "", {}}, 0)}});
}

// Nothing for a token that is none: then even what is public is refused.
std::optional<Concourse::Asker> Concourse::asker(const Arrival& arrival) {
    const std::string header = header_of(arrival, "authorization");
    if (header.empty()) {
        return Asker();
    }
    constexpr std::string_view scheme = "bearer ";
    const std::string token =
        boost::algorithm::istarts_with(header, scheme) ? header.substr(scheme.size()) : "";
    auto& users = state_.settings().users;
    auto user = std::find_if(users.begin(), users.end(), [&](const auto& one) {
        return !token.empty() && one.second.token == token;
    });
    bool with_teams = true;
    if (user == users.end()) {
        const auto holder = tokens_.use(token);
        user = holder ? users.find(holder->user) : users.end();
        with_teams = holder && holder->has("groups");
    }
    if (user == users.end()) {
        return std::nullopt;
    }
    auto& uses = user->second.role_uses;
    const bool has_roles = with_teams && uses != 0U;
    if (uses && *uses > 0) {
        --*uses;
    }
    return has_roles ? Asker{true, user->first, user->second.admin, user->second.roles}
                     : Asker{true, user->first, false, {}};
}

Reply Concourse::answer(const Arrival& arrival) {
    const Asked asked(arrival);
    if (asked.path == "/sky/issuer/token" && arrival.method == "POST") {
        return sign_in(arrival);
    }
    const std::optional<Asker> who = asker(arrival);
    if (!who) {
        return concourse_says(401, "not authorized");
    }
    if (asked.path == "/api/v1/info") {
        return concourse_json(200, json::object{{"version", state_.settings().version},
                                                {"worker_version", "2.5"},
                                                {"external_url", origin_of(arrival)},
                                                {"cluster_name", "stand-in"}});
    }
    if (asked.path == "/api/v1/user") {
        return user(*who);
    }
    if (asked.path == "/api/v1/teams") {
        return teams(*who);
    }
    if (asked.path == "/api/v1/pipelines") {
        return pipelines(*who);
    }
    if (asked.path == "/api/v1/jobs") {
        return jobs(*who);
    }
    if (asked.path.starts_with("/api/v1/builds/")) {
        return one_build(*who, arrival, asked);
    }
    const auto parts = parts_of(asked.path);  // api, v1, teams, T, builds
    if (parts.size() == 5 && parts[2] == "teams" && parts[4] == "builds") {
        return team_builds(*who, arrival, asked);
    }
    if (parts.size() >= 6 && parts[2] == "teams" && parts[4] == "pipelines") {
        return below_pipeline(*who, arrival, asked);
    }
    return concourse_says(404, "404 page not found\n");
}

Reply Concourse::user(const Asker& who) const {
    if (!who.known) {
        return refusal(who);
    }
    json::object teams;
    for (const auto& [team, roles] : who.roles) {
        teams[team] = json::value_from(roles);
    }
    return concourse_json(200, json::object{{"sub", who.name},
                                            {"name", who.name},
                                            {"user_id", who.name},
                                            {"user_name", who.name},
                                            {"email", ""},
                                            {"is_admin", who.admin},
                                            {"is_system", false},
                                            {"teams", std::move(teams)},
                                            {"connector", "local"},
                                            {"display_user_id", who.name}});
}

std::set<std::string> Concourse::team_names() {
    std::set<std::string> names;
    for (const auto& [name, user] : state_.settings().users) {
        for (const auto& [team, roles] : user.roles) {
            names.insert(team);
        }
    }
    for (const ConcoursePipeline& pipeline : state_.pipelines()) {
        names.insert(pipeline.team);
    }
    return names;
}

Reply Concourse::teams(const Asker& who) {
    json::array teams;
    for (const std::string& name : team_names()) {
        if (who.sees(name)) {
            teams.push_back({{"id", teams.size() + 1}, {"name", name}, {"auth", json::object()}});
        }
    }
    return concourse_json(200, teams);
}

Reply Concourse::pipelines(const Asker& who) {
    json::array pipelines;
    for (const ConcoursePipeline& pipeline : state_.pipelines()) {
        if (pipeline.exposed || who.sees(pipeline.team)) {
            pipelines.push_back(state_.shown(pipeline));
        }
    }
    return concourse_json(200, pipelines);
}

// Those of archived pipelines too: archiving leaves jobs active.
Reply Concourse::jobs(const Asker& who) {
    json::array jobs;
    for (const ConcoursePipeline& pipeline : state_.pipelines()) {
        if (!(pipeline.exposed || who.sees(pipeline.team))) {
            continue;
        }
        for (const ConcourseJob& job : pipeline.jobs) {
            if (!job.removed) {
                jobs.push_back(state_.shown(pipeline, job, false));
            }
        }
    }
    return concourse_json(200, jobs);
}

}  // namespace standin
