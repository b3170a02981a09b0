#include "director.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json.hpp>
#include <utility>

namespace standin {
namespace {

namespace json = boost::json;

constexpr unsigned unauthorized = 401;
constexpr unsigned not_found = 404;

bool any_of(const std::vector<std::string>& scopes, const Holder& who) {
    return std::any_of(scopes.begin(), scopes.end(),
                       [&](const std::string& scope) { return who.has(scope); });
}

bool is_excluded(const Form& query, const std::string& what) {
    return value_of(query, "exclude_" + what) == "true";
}

}  // namespace

// The director names no type for most of what it says, and its web framework says HTML.
Reply director_says(unsigned status, std::string body) {
    Reply reply;
    reply.status = status;
    reply.headers = {{"Content-Type", "text/html;charset=utf-8"},
                     {"X-Content-Type-Options", "nosniff"}};
    reply.body = std::move(body);
    return reply;
}

Reply director_error(unsigned status, int code, const std::string& description) {
    return director_says(
        status, json::serialize(json::object{{"code", code}, {"description", description}}));
}

Reply director_lacks(const std::vector<std::string>& scopes) {
    return director_error(unauthorized, 600'000,
                          "Require one of the scopes: " + boost::algorithm::join(scopes, ", "));
}

Director::Director(DirectorSettings settings, std::string uaa_url, Tokens& tokens)
    : settings_(std::move(settings)), uaa_url_(std::move(uaa_url)), tokens_(tokens) {}

std::optional<Holder> Director::holder(const Arrival& arrival) {
    if (!uaa_url_.empty()) {
        const std::string header = header_of(arrival, "authorization");
        constexpr std::string_view scheme = "bearer ";
        return boost::algorithm::istarts_with(header, scheme)
                   ? tokens_.use(header.substr(scheme.size()))
                   : std::nullopt;
    }
    const auto sign_in = basic_sign_in(arrival);
    const auto user = sign_in ? settings_.users.find(sign_in->first) : settings_.users.end();
    if (user == settings_.users.end() || user->second.password != sign_in->second) {
        return std::nullopt;
    }
    return Holder{"", user->first, user->second.scopes};
}

Reply Director::answer(const Arrival& arrival) {
    const Asked asked(arrival);
    const std::optional<Holder> who = holder(arrival);
    if (asked.path == "/info") {
        return info(who);
    }
    Reply reply = who ? answer_to(*who, arrival)
                      : director_says(unauthorized, "Not authorized: '" + asked.path + "'\n");
    reply.headers.emplace_back("WWW-Authenticate", R"(Basic realm="BOSH Director")");
    return reply;
}

Reply Director::info(const std::optional<Holder>& who) const {
    json::object sign_in{{"type", "basic"}, {"options", json::object()}};
    if (!uaa_url_.empty()) {
        sign_in = {{"type", "uaa"},
                   {"options", {{"url", uaa_url_}, {"urls", json::array{uaa_url_}}}}};
    }
    const json::object off{{"status", false}};
    json::object body{
        {"name", settings_.name},
        {"uuid", settings_.uuid},
        {"version", settings_.version},
        {"user", nullptr},
        {"cpi", settings_.cpi},
        {"stemcell_os", settings_.stemcell_os},
        {"stemcell_version", settings_.stemcell_version},
        {"user_authentication", std::move(sign_in)},
        {"features", {{"local_dns", off}, {"snapshots", off}, {"config_server", off}}}};
    if (who) {
        body["user"] = who->name();
    }
    Reply reply = director_says(200, json::serialize(body));
    reply.headers = {{"Content-Type", "application/json"}};
    return reply;
}

Reply Director::answer_to(const Holder& who, const Arrival& arrival) {
    const Asked asked(arrival);
    if (arrival.method == "GET" && asked.path == "/deployments") {
        return deployments(who, asked.query);
    }
    if (arrival.method == "GET" && asked.path.starts_with("/deployments/")) {
        return below_deployment(who, arrival, asked);
    }
    if (arrival.method == "GET" && asked.path.starts_with("/tasks/")) {
        return task(who, arrival, asked);
    }
    return director_says(not_found, "Endpoint '" + asked.path + "' not found.");
}

Reply Director::deployments(const Holder& who, const Form& query) const {
    std::vector<std::string> listing = wanted(true);
    std::copy_if(who.scopes.begin(), who.scopes.end(), std::back_inserter(listing),
                 [](const std::string& scope) {
                     return scope.starts_with("bosh.teams.") && scope.ends_with(".admin");
                 });
    if (!any_of(listing, who)) {
        return director_lacks(wanted(true));
    }
    json::array rows;
    for (const Deployment& deployment : settings_.deployments) {
        if (!any_of(wanted(deployment, true), who)) {
            continue;
        }
        json::object row{{"name", deployment.name}, {"teams", json::value_from(deployment.teams)}};
        if (!is_excluded(query, "configs")) {
            row["cloud_config"] = "none";
        }
        if (!is_excluded(query, "stemcells")) {
            json::array& stemcells = row["stemcells"].emplace_array();
            for (const json::value& stemcell : deployment.stemcells) {
                stemcells.insert(stemcells.end(), settings_.cpis, stemcell);
            }
        }
        if (!is_excluded(query, "releases")) {
            row["releases"] = json::array();
        }
        if (!is_excluded(query, "lock")) {
            row["locked"] = deployment.locked;
        }
        rows.push_back(std::move(row));
    }
    return director_says(200, json::serialize(rows));
}

Reply Director::below_deployment(const Holder& who, const Arrival& arrival, const Asked& asked) {
    const std::string rest = asked.path.substr(std::string_view("/deployments/").size());
    const std::string name = form_decoded(rest.substr(0, rest.find('/')));
    const std::string what = rest.find('/') == std::string::npos ? "" : rest.substr(rest.find('/'));
    const Deployment* const deployment = find(name);
    if (deployment == nullptr) {
        return director_error(not_found, 70'000, "Deployment '" + name + "' doesn't exist");
    }
    if (!any_of(wanted(*deployment, true), who)) {
        return director_lacks(wanted(*deployment, true));
    }
    if (what.empty()) {
        return director_says(200,
                             json::serialize(json::object{{"manifest", deployment->manifest}}));
    }
    if (what == "/vms" && value_of(asked.query, "format") == "full") {
        return start_task(who, arrival, *deployment);
    }
    return director_says(not_found, "Endpoint '" + asked.path + "' not found.");
}

const Deployment* Director::find(const std::string& name) const {
    const auto found = std::find_if(settings_.deployments.begin(), settings_.deployments.end(),
                                    [&](const Deployment& one) { return one.name == name; });
    return found == settings_.deployments.end() ? nullptr : &*found;
}

std::vector<std::string> Director::wanted(bool reading) const {
    std::vector<std::string> scopes{"bosh.admin", "bosh." + settings_.uuid + ".admin"};
    if (reading) {
        scopes.insert(scopes.end(), {"bosh.read", "bosh." + settings_.uuid + ".read"});
    }
    return scopes;
}

std::vector<std::string> Director::wanted(const Deployment& deployment, bool reading) const {
    std::vector<std::string> scopes = wanted(false);
    for (const std::string& team : deployment.teams) {
        scopes.push_back("bosh.teams." + team + ".admin");
    }
    if (reading) {
        for (const std::string& team : deployment.teams) {
            scopes.push_back("bosh.teams." + team + ".read");
        }
        scopes.insert(scopes.end(), {"bosh.read", "bosh." + settings_.uuid + ".read"});
    }
    return scopes;
}

}  // namespace standin
