#include "atc/concourse.h"

#include <doctest/doctest.h>

#include <string>

#include "net/url.h"

using namespace upkeep;

namespace {

struct Server : Http {
    long status = 204;
    std::string body;
    std::string asked;

    HttpReply send(const HttpRequest& request) override {
        asked += request.method + " " + request.path + " ";
        HttpReply reply;
        reply.status = status;
        reply.header = "8.2.5";
        reply.body = body;
        return reply;
    }
};

Endpoint endpoint() {
    Endpoint endpoint;
    endpoint.url = parse_url("https://ci.example.com");
    endpoint.token = Secret("a-bearer-token");
    return endpoint;
}

bool aborts(Server& server) {
    const Endpoint by_token = endpoint();
    return atc::Concourse(by_token, server).abort_build(7);
}

// What f throws for this answer.
template <typename F>
std::string refused(const std::string& body, F f) {
    Server server;
    server.status = 200;
    server.body = body;
    const Endpoint by_token = endpoint();
    atc::Concourse concourse(by_token, server);
    try {
        f(concourse);
    } catch (const Failure& failure) {
        return failure.why();
    }
    return "";
}

const atc::JobRef deploy{"cf", "p", {}, "deploy"};

}  // namespace

TEST_CASE("an answer about something else than what was asked for is refused") {
    const std::string build =
        R"("name": "1", "team_name": "cf", "pipeline_name": "p", "job_name": "other",)"
        R"( "status": "started", "start_time": 1000})";
    CHECK(refused(R"({"id": 8, )" + build, [](auto& ci) { ci.build(7); }) ==
          "the answer is about build 8");
    CHECK(refused(R"({"id": 8, )" + build, [](auto& ci) { ci.build(8); }).empty());
    CHECK(refused(R"({"id": -8, )" + build, [](auto& ci) { ci.build(-8); }) ==
          "what it lists is no build of Concourse: its id is -8");
    // Concourse finds the team "CF", and calls it cf.
    CHECK(refused(R"([{"id": 8, )" + build + "]", [](auto& ci) {
              ci.running_builds("CF", 0, 2000);
          }) == "the answer is about the team cf");
    const auto of_seconds = [&](atc::DatabaseTime from, atc::DatabaseTime to) {
        return refused(R"([{"id": 8, )" + build + "]",
                       [&](auto& ci) { ci.running_builds("cf", from, to); });
    };
    CHECK(of_seconds(1000, 1000).empty());
    const std::string at_another_time =
        "the answer is about cf/p/other #1, which started at another time";
    CHECK(of_seconds(0, 999) == at_another_time);
    CHECK(of_seconds(1001, 2000) == at_another_time);
    CHECK(refused(R"([{"id": 8, )" + build + "]", [](auto& ci) { ci.builds_from(deploy, 1); }) ==
          "the answer is about cf/p/other #1");
    CHECK(refused(R"({"id": 8, )" + build, [](auto& ci) { ci.trigger(deploy); }) ==
          "the answer is about cf/p/other #1");
    CHECK(refused(R"({"team_name": "cf", "pipeline_name": "p", "name": "other"})",
                  [](auto& ci) { ci.job(deploy); }) == "the answer is about cf/p/other");
    CHECK(refused(R"({"team_name": "cf", "name": "q"})", [](auto& ci) { ci.pipeline(deploy); }) ==
          "the answer is about the pipeline cf/q");
}

TEST_CASE("what should be true or false is nothing else") {
    CHECK(
        refused(R"({"team_name": "cf", "pipeline_name": "p", "name": "deploy", "paused": "true"})",
                [](auto& ci) { ci.job(deploy); }) ==
        "what it lists is no job of Concourse: its paused is a text");
}

TEST_CASE("an answer that repeats the token is not read") {
    CHECK(refused(R"({"id": 8, "name": "a-bearer-token"})", [](auto& ci) {
              ci.build(8);
          }).find("a-bearer-token") == std::string::npos);
    CHECK_FALSE(
        refused(R"({"id": 8, "name": "a-bearer-token"})", [](auto& ci) { ci.build(8); }).empty());
}

TEST_CASE("a team of which one has no role is not seen") {
    atc::Roles roles{false, {{"main", {"viewer"}}, {"cf", {}}}};
    CHECK(roles.can_see("main"));
    CHECK_FALSE(roles.can_see("cf"));
    CHECK_FALSE(roles.can_see("web"));
}

TEST_CASE("a build is aborted") {
    Server server;
    CHECK(aborts(server));
    CHECK(server.asked == "PUT /api/v1/builds/7/abort ");
    server.status = 404;
    CHECK_FALSE(aborts(server));
    server.status = 403;
    CHECK_THROWS_AS(aborts(server), atc::Refused);
    server.status = 500;
    CHECK_THROWS_AS(aborts(server), Failure);
}
