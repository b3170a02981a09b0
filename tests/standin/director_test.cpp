#include "director.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

namespace standin {
namespace {

constexpr const char* uuid = "a57b8733-163e-443a-a3d7-9ac58a886d7b";

DirectorSettings settings(const char* text) {
    return parse_director(boost::json::parse(text), "director");
}

Arrival get(const std::string& target, const std::string& authorization = "") {
    Arrival arrival;
    arrival.method = "GET";
    arrival.target = target;
    arrival.headers = {{"Host", "director.test"}};
    if (!authorization.empty()) {
        arrival.headers.emplace_back("Authorization", authorization);
    }
    return arrival;
}

std::string header(const Reply& reply, const std::string& name) {
    for (const auto& [own, value] : reply.headers) {
        if (own == name) {
            return value;
        }
    }
    return "";
}

constexpr const char* two = R"({"uaa": "uaa", "task": {"polls": 1, "events": "{}\n"},
    "deployments": [
        {"name": "cf", "stemcells": [{"name": "s", "version": "1"}], "teams": ["web"],
         "vms": [{"job_name": "api"}, {"job_name": "db"}]},
        {"name": "empty", "locked": true}]})";

struct WithUaa {
    Tokens tokens{[](const std::string&) {}};
    Director director{settings(two), "https://uaa.test", tokens};

    std::string as(const std::vector<std::string>& scopes) {
        return "bearer " + tokens.issue({"upkeep", "", scopes}, std::nullopt);
    }
};

}  // namespace

TEST_CASE_FIXTURE(WithUaa, "stand-in: a director says to everybody who it is") {
    const Reply reply = director.answer(get("/info"));
    const boost::json::value body = boost::json::parse(reply.body);
    CHECK(body.at("user").is_null());
    CHECK(body.at("user_authentication").at("type") == "uaa");
    CHECK(body.at("user_authentication").at("options").at("url") == "https://uaa.test");
    const Reply known = director.answer(get("/info", as({})));
    CHECK(boost::json::parse(known.body).at("user") == "upkeep");
}

TEST_CASE_FIXTURE(WithUaa, "stand-in: a director wants a token that holds, and a scope") {
    const Reply nobody = director.answer(get("/deployments?exclude_configs=true"));
    CHECK(nobody.status == 401);
    CHECK(nobody.body == "Not authorized: '/deployments'\n");
    CHECK(header(nobody, "WWW-Authenticate") == R"(Basic realm="BOSH Director")");
    const Reply lacking = director.answer(get("/deployments", as({"bosh.teams.web.read"})));
    CHECK(lacking.status == 401);
    CHECK(lacking.body ==
          std::string(
              R"({"code":600000,"description":"Require one of the scopes: bosh.admin, bosh.)") +
              uuid + ".admin, bosh.read, bosh." + uuid + ".read\"}");
    const std::string once = "Bearer " + tokens.issue({"a", "", {"bosh.read"}}, 1);
    CHECK(director.answer(get("/deployments", once)).status == 200);
    CHECK(director.answer(get("/deployments", once)).status == 401);
}

TEST_CASE_FIXTURE(WithUaa, "stand-in: what a director lists, and to whom") {
    const Reply all = director.answer(
        get("/deployments?exclude_configs=true&exclude_releases=true", as({"bosh.read"})));
    CHECK(
        all.body ==
        R"([{"name":"cf","teams":["web"],"stemcells":[{"name":"s","version":"1"}],"locked":false},)"
        R"({"name":"empty","teams":[],"stemcells":[],"locked":true}])");
    CHECK(header(all, "Content-Type") == "text/html;charset=utf-8");
    const Reply team = director.answer(get("/deployments", as({"bosh.teams.web.admin"})));
    CHECK(boost::json::parse(team.body).as_array().size() == 1);
    const Reply not_literal =
        director.answer(get("/deployments?exclude_lock=1", as({"bosh.read"})));
    CHECK(not_literal.body.find("locked") != std::string::npos);
}

TEST_CASE_FIXTURE(WithUaa, "stand-in: VMs come by way of a task") {
    const std::string reader = as({"bosh.read"});
    const Reply begun = director.answer(get("/deployments/cf/vms?format=full", reader));
    CHECK(begun.status == 302);
    CHECK(header(begun, "Location") == "http://director.test/tasks/1");
    const auto state = [&] {
        return boost::json::parse(director.answer(get("/tasks/1", reader)).body).at("state");
    };
    CHECK(state() == "queued");
    CHECK(director.answer(get("/tasks/1/output?type=result", reader)).status == 204);
    CHECK(state() == "done");
    const std::string rows = director.answer(get("/tasks/1/output?type=result", reader)).body;
    CHECK(std::count(rows.begin(), rows.end(), '\n') == 2);
    CHECK(director.answer(get("/tasks/1/output", reader)).status == 401);
    Arrival rest = get("/tasks/1/output?type=event", reader);
    rest.headers.emplace_back("Range", "bytes=1-");
    CHECK(director.answer(rest).status == 206);
    rest.headers.back().second = "bytes=3-";
    CHECK(director.answer(rest).status == 416);
}

TEST_CASE_FIXTURE(WithUaa, "stand-in: what a director does not have") {
    const std::string reader = as({"bosh.read"});
    CHECK(director.answer(get("/deployments/x", reader)).body ==
          R"({"code":70000,"description":"Deployment 'x' doesn't exist"})");
    CHECK(director.answer(get("/tasks/7", reader)).body ==
          R"({"code":10000,"description":"Task 7 not found"})");
    CHECK(director.answer(get("/nothing", reader)).status == 404);
}

TEST_CASE("stand-in: a director with its own users, and two CPIs") {
    Tokens none{[](const std::string&) {}};
    Director director(settings(R"({"users": {"admin": {"password": "x"}}, "cpis": 2,
        "deployments": [{"name": "cf", "stemcells": [{"name": "s", "version": "1"}]}]})"),
                      "", none);
    CHECK(director.answer(get("/deployments", "Basic YWRtaW46eQ==")).status == 401);
    const Reply reply = director.answer(get("/deployments", "Basic YWRtaW46eA=="));
    CHECK(boost::json::parse(reply.body).at(0).at("stemcells").as_array().size() == 2);
}

}  // namespace standin
