#include "concourse.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <stdexcept>
#include <string>

#include "readers.h"

namespace standin {
namespace {

namespace json = boost::json;

constexpr const char* small = R"({
    "users": {"upkeep": {"password": "hunter22", "roles": {"main": ["viewer"]}},
              "operator": {"token": "o", "roles": {"main": ["pipeline-operator"]}},
              "viewer": {"token": "v", "roles": {"main": ["viewer"]}},
              "nobody": {"token": "n"}},
    "pipelines": [{"name": "shown", "exposed": true, "jobs": ["a"]},
                  {"name": "old", "archived": true, "jobs": ["a"]},
                  {"name": "cf", "vars": {"env": "staging"}, "jobs": [
                      {"name": "deploy", "outcomes": ["failed", "succeeded"], "output": "x\ny\n"},
                      {"name": "fixed", "disable_manual_trigger": true},
                      {"name": "gone", "removed": true}]}],
    "builds": [{"id": 1, "job": "main/shown/a", "status": "failed"},
               {"id": 2, "job": "main/shown/a", "status": "succeeded"},
               {"id": 3, "job": "main/shown/b", "status": "succeeded"},
               {"id": 4, "job": "main/shown/a", "rerun_of": 1},
               {"id": 5, "job": "main/private/a", "ends_after": 1, "ends_as": "errored"},
               {"id": 6, "job": "main"},
               {"id": 7, "job": "web/site/a"}]})";

struct WithConcourse {
    Tokens tokens{[](const std::string&) {}};
    Concourse concourse{parse_concourse(json::parse(small), "concourse"), tokens};

    Reply ask(const std::string& target, const std::string& token = "v",
              const std::string& method = "GET") {
        Arrival arrival;
        arrival.scheme = "https";
        arrival.method = method;
        arrival.target = target;
        arrival.headers = {{"Host", "ci.test"}};
        if (!token.empty()) {
            arrival.headers.emplace_back("Authorization", "Bearer " + token);
        }
        return concourse.answer(arrival);
    }
    json::value get(const std::string& target) { return json::parse(ask(target).body); }

    std::string ids(const Reply& reply) {
        std::string ids;
        const json::value builds = json::parse(reply.body);
        for (const json::value& build : builds.as_array()) {
            ids += (ids.empty() ? "" : " ") + std::to_string(build.at("id").as_int64());
        }
        return ids;
    }
    std::string ids(const std::string& target) { return ids(ask(target)); }

    Reply sign_in(const std::string& form, const std::string& basic = "Basic Zmx5OlpteDU=") {
        Arrival arrival;
        arrival.method = "POST";
        arrival.target = "/sky/issuer/token";
        arrival.headers = {{"Authorization", basic}};
        arrival.body = form;
        return concourse.answer(arrival);
    }
};

std::string links(const Reply& reply) {
    std::string links;
    for (const auto& [name, value] : reply.headers) {
        links += name == "Link" ? value + "\n" : "";
    }
    return links;
}

constexpr const char* staging = "/api/v1/teams/main/pipelines/cf/jobs/deploy";
constexpr const char* is_staging = "?vars.env=%22staging%22";

}  // namespace

TEST_CASE_FIXTURE(WithConcourse, "stand-in: Concourse lists re-runs where their builds are") {
    const std::string all = "/api/v1/teams/main/builds";
    CHECK(ids(all) == "6 5 3 2 4 1");
    CHECK(links(ask(all)).empty());
    CHECK(ids("/api/v1/teams/main/pipelines/shown/jobs/a/builds") == "2 4 1");
    const Reply first = ask(all + "?limit=4");
    CHECK(ids(first) == "6 5 3 2");
    CHECK(links(first) ==
          "<https://ci.test/api/v1/teams/main/builds?to=1&limit=4>; rel=\"next\"\n");
    CHECK(ids(all + "?to=1&limit=4") == "1");  // the re-run is on neither page
    CHECK(ids(all + "?from=3&limit=2") == "3 4");
    CHECK(ids(all + "?from=2&to=5") == "4 2 3 5");
    CHECK(ask(all + "?from=5&to=2").status == 404);
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: Concourse lists builds by the time of their start") {
    const std::string by_time = "/api/v1/teams/main/builds?timestamps=true&";
    CHECK(ids(by_time + "from=1795000002&to=1795000005") == "3 2 4");
    CHECK(ids(by_time + "from=1795000002&to=1795000006&limit=2") == "5 3");
    CHECK(links(ask(by_time + "from=1795000002&to=1795000006&limit=2")).empty());
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: a re-run of an old build is not the job's next build") {
    json::value next;
    const json::value jobs = get("/api/v1/jobs");
    for (const json::value& job : jobs.as_array()) {
        CHECK(job.at("name") != "gone");
        if (job.at("pipeline_name") == "private") {
            next = job.at("next_build");
        }
        if (job.at("pipeline_name") == "shown") {
            CHECK(job.at("next_build").is_null());
        }
    }
    CHECK(next.at("id") == 5);
    CHECK(next.at("end_time") == -62135596800);
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: what Concourse shows to whom") {
    CHECK(ask("/api/v1/builds/5").status == 200);
    CHECK(ask("/api/v1/builds/5", "n").status == 403);
    CHECK(ask("/api/v1/builds/5", "").status == 401);
    CHECK(ask("/api/v1/builds/2", "").status == 200);
    CHECK(ask("/api/v1/builds/2", "wrong").status == 401);
    CHECK(ask("/api/v1/builds/99").status == 404);
    CHECK(ask("/api/v1/builds/x").status == 400);
    CHECK(ids(ask("/api/v1/teams/main/builds", "n")) == "6 5 3 2 4 1");
    CHECK(ask("/api/v1/teams/main/builds", "").status == 401);
    CHECK(json::parse(ask("/api/v1/jobs", "n").body).as_array().size() == 2);
    CHECK(get("/api/v1/user").at("teams") == json::value{{"main", {"viewer"}}});
    CHECK(ask("/api/v1/user", "").status == 401);
    CHECK(ask(staging).status == 404);
    CHECK(ask(std::string(staging) + "?vars.env=staging").status == 400);
    CHECK(ask(std::string(staging) + is_staging, "n").status == 403);
    CHECK(ask(std::string(staging) + is_staging).status == 200);
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: a build goes on with each answer about it") {
    CHECK(get("/api/v1/builds/5").at("status") == "started");
    CHECK(get("/api/v1/builds/5").at("status") == "errored");
    CHECK(get("/api/v1/builds/5").at("end_time").as_int64() > 1'795'000'007);
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: signing in to a Concourse") {
    const std::string form =
        "grant_type=password&username=upkeep&password=hunter22&scope=openid+groups";
    const json::value given = json::parse(sign_in(form).body);
    const auto teams = [&](const json::value& answer, const char* name) {
        return ask("/api/v1/user", std::string(answer.at(name).as_string()));
    };
    CHECK(teams(given, "access_token").body.find("viewer") != std::string::npos);
    CHECK(teams(given, "id_token").status == 401);
    const json::value bare = json::parse(
        sign_in("grant_type=password&username=upkeep&password=hunter22&scope=openid").body);
    CHECK(teams(bare, "access_token").body.find("viewer") == std::string::npos);
    CHECK(sign_in("grant_type=password&username=upkeep&password=x").body ==
          R"({"error":"access_denied","error_description":"Invalid username or password"})"
          "\n");
    CHECK(sign_in("grant_type=password&username=nobody&password=").status == 401);
    CHECK(sign_in(form, "Basic eDp5").status == 401);
    CHECK(sign_in("grant_type=x").status == 400);
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: a build that is triggered runs, and ends as it is to") {
    const std::string builds = std::string(staging) + "/builds" + is_staging;
    CHECK(ask(builds, "v", "POST").status == 403);
    const json::value begun = json::parse(ask(builds, "o", "POST").body);
    CHECK(begun.at("id") == 8);
    CHECK(begun.at("status") == "pending");
    CHECK(begun.at("created_by") == "operator");
    CHECK(get("/api/v1/builds/8").at("start_time").as_int64() > 1'795'000'007);
    CHECK(get("/api/v1/builds/8").at("status") == "started");
    CHECK(get("/api/v1/builds/8").at("status") == "failed");
    CHECK(json::parse(ask(builds, "o", "POST").body).at("name") == "2");
    for (const char* status : {"started", "started", "succeeded"}) {
        CHECK(get("/api/v1/builds/9").at("status") == status);
    }
    CHECK(ask("/api/v1/teams/main/pipelines/old/jobs/a/builds", "o", "POST").body ==
          "action not allowed for an archived pipeline\n");
    CHECK(
        ask("/api/v1/teams/main/pipelines/cf/jobs/fixed/builds?vars.env=%22staging%22", "o", "POST")
            .status == 409);
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: pausing a job, aborting a build") {
    const std::string job = staging;
    CHECK(ask(job + "/pause" + is_staging, "v", "PUT").status == 403);
    CHECK(ask(job + "/pause" + is_staging, "o", "PUT").status == 200);
    CHECK(get(job + is_staging).at("paused_by") == "operator");
    CHECK(ask(job + "/unpause" + is_staging, "o", "PUT").status == 200);
    CHECK(get(job + is_staging).at("paused") == false);
    CHECK(ask(job + "x/pause" + is_staging, "o", "PUT").status == 404);
    CHECK(ask("/api/v1/builds/6/abort", "v", "PUT").status == 403);
    CHECK(ask("/api/v1/builds/6/abort", "o", "PUT").status == 204);
    CHECK(get("/api/v1/builds/6").at("status") == "aborted");
}

TEST_CASE_FIXTURE(WithConcourse, "stand-in: the events of a build, while it runs and again") {
    ask(std::string(staging) + "/builds" + is_staging, "o", "POST");
    const Reply running = ask("/api/v1/builds/8/events");
    const std::string begun = running.stream().bytes;
    CHECK(begun.find("id: 0\nevent: event\ndata: {\"data\":{\"time\":") == 0);
    CHECK(begun.find(R"("payload":"y\n"})") != std::string::npos);
    CHECK(running.stream().bytes.empty());
    const Piece rest = running.stream();
    CHECK(rest.end == Fault::hang);
    CHECK(rest.bytes.find(R"("status":"failed")") != std::string::npos);
    CHECK(rest.bytes.ends_with("id: 6\nevent: end\ndata\n\n"));
    Arrival resumed;
    resumed.method = "GET";
    resumed.target = "/api/v1/builds/8/events";
    resumed.headers = {{"Authorization", "Bearer v"}, {"Last-Event-ID", "4"}};
    CHECK(concourse.answer(resumed).stream().bytes.find("id: 5\nevent: event\n") == 0);
}

TEST_CASE("stand-in: a start is told as seconds, or as how long ago") {
    const auto start = [](const std::string& value) {
        return parse_concourse(json::parse(R"({"builds": [{"id": 1, "job": "main/a/b",
                                               "start_time": )" +
                                           value + "}]}"),
                               "concourse")
            .builds.at(0)
            .start_time;
    };
    CHECK(start("1795000000") == 1'795'000'000);
    const std::int64_t before = seconds_now();
    const std::int64_t told = start(R"("23m ago")");
    constexpr std::int64_t age_s = 1380;  // 23 min
    CHECK(told >= before - age_s);
    CHECK(told <= seconds_now() - age_s);
    CHECK(start(R"("1d ago")") < start(R"("23h ago")"));
    for (const char* wrong : {R"("23 ago")", R"(" ago")", R"("xm ago")", R"("23m")"}) {
        CHECK_THROWS_AS(start(wrong), std::runtime_error);
    }
}

}  // namespace standin
