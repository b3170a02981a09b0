#include "resource/rollout/ride.h"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "net/url.h"
#include "tests/planned_clock.h"

using namespace std::chrono_literals;
using upkeep::HttpReply;
using upkeep::HttpRequest;
using upkeep::rollout::Outcome;

namespace {

HttpReply reply(std::string body, long status = 200) {
    HttpReply reply;
    reply.status = status;
    reply.header = "8.2.5";
    reply.body = std::move(body);
    return reply;
}

// Build 7 of main/cf/deploy: it waits, runs, has events, or cannot be triggered.
class Ci : public upkeep::Http {
  public:
    explicit Ci(const PlannedClock& clock) : clock_(clock) {}

    std::string status = "pending";
    std::string preparation = R"({"build_id": 7})";
    std::vector<std::string> events;
    bool takes_triggers = true;
    bool has_job = true;
    std::vector<std::chrono::seconds> triggered;
    std::function<void()> on_events;

    HttpReply send(const HttpRequest& request) override {
        const std::string pipeline = "/api/v1/teams/main/pipelines/cf";
        if (!has_job && request.path.starts_with(pipeline + "/jobs/")) {
            return reply("", 404);
        }
        if (request.path == "/api/v1/builds/7") {
            return reply(build());
        }
        if (request.path == "/api/v1/builds/7/preparation") {
            return reply(preparation);
        }
        if (request.path == "/api/v1/builds/7/events") {
            return stream(request);
        }
        if (request.path == pipeline + "/jobs/deploy") {
            return reply(R"({"team_name": "main", "pipeline_name": "cf", "name": "deploy"})");
        }
        if (request.path == pipeline) {
            return reply(R"({"team_name": "main", "name": "cf"})");
        }
        if (request.path == "/api/v1/user") {
            return reply(R"({"is_admin": false, "teams": {"main": ["pipeline-operator"]}})");
        }
        if (request.path == pipeline + "/jobs/deploy/builds" && request.method == "POST") {
            triggered.push_back(clock_.seconds());
            return takes_triggers ? reply(build()) : reply("no", 500);
        }
        return reply("[]");  // nothing else runs
    }

  private:
    std::string build() const {
        return R"({"id": 7, "name": "1", "start_time": 1000, "team_name": "main", )"
               R"("pipeline_name": "cf", "job_name": "deploy", "status": ")" +
               status + "\"}";
    }

    // Those behind Last-Event-ID. Concourse sends its headers with the first.
    HttpReply stream(const HttpRequest& request) const {
        if (on_events) {
            on_events();
            throw upkeep::Stopped();
        }
        std::size_t next = 0;
        for (const auto& header : request.headers) {
            next = header.name == "Last-Event-ID" ? std::stoul(header.value) + 1 : next;
        }
        const bool any = next < events.size();
        for (; next < events.size(); ++next) {
            request.on_body("id: " + std::to_string(next) +
                            "\nevent: event\ndata: " + events[next] + "\n\n");
        }
        throw upkeep::Failure(request.doing(), any ? "it broke off" : "it took too long");
    }

    const PlannedClock& clock_;
};

struct OnRide {
    OnRide() {
        endpoint.url = upkeep::parse_url("https://ci.example.com");
        endpoint.token = upkeep::Secret("t");
        settings.group.jobs = upkeep::atc::JobPatterns({"main/cf/deploy"});
        settings.limit = 1;
    }

    upkeep::rollout::Result ride(const upkeep::rollout::FirstLook& look = {}) {
        return upkeep::rollout::ride(job, "", look, gate, tools);
    }
    upkeep::rollout::FirstLook going() { return {concourse.build(7), "", false}; }

    upkeep::atc::JobRef job = upkeep::atc::parse_job("main/cf/deploy");
    PlannedClock clock;
    Ci ci{clock};
    upkeep::Endpoint endpoint;
    upkeep::atc::Concourse concourse{endpoint, ci};
    upkeep::Stop stop;
    std::string said;
    upkeep::rollout::Log log{[this](const std::string& lines) {
        said += std::to_string(clock.seconds().count()) + " s: " + lines;
    }};
    upkeep::rollout::Settings settings;
    upkeep::rollout::Tools tools{concourse, clock, stop, log, nullptr};
    upkeep::rollout::Gate gate{settings, tools};
};

}  // namespace

TEST_CASE("ride: a build that does not start says for what it waits, after a minute and at times") {
    OnRide on;
    on.ci.preparation =
        R"({"max_running_builds": "blocking",
            "inputs": {"a": "not_blocking", "deployments": "blocking"},
            "missing_input_reasons": {"deployments": "no versions available"}})";
    on.clock.at(400s, [&] { on.ci.status = "succeeded"; });
    CHECK(on.ride(on.going()).outcome == Outcome::succeeded);
    const std::string waits =
        "main/cf/deploy #1 waits to start, for its input deployments (no versions available), "
        "builds of its job or of its serial groups, as many as may run at once: "
        "https://ci.example.com/builds/7\n";
    CHECK(
        on.said ==
        "0 s: main/cf/deploy #1 waits already, followed: https://ci.example.com/builds/7\n60 s: " +
            waits + "360 s: " + waits +
            "402 s: main/cf/deploy #1 succeeded: https://ci.example.com/builds/7\n");
}

TEST_CASE("ride: a build that prints nothing for long is no Concourse that is away") {
    OnRide on;
    on.ci.status = "started";
    on.ci.events = {R"({"event": "log", "data": {"payload": "a\n", "origin": {"id": "1"}}})",
                    R"({"event": "log", "data": {"payload": "b\n", "origin": {"id": "1"}}})"};
    on.clock.at(100s, [&] {
        on.ci.status = "failed";
        on.ci.events.emplace_back(
            R"({"event": "finish-task", "data": {"exit_status": 1, "origin": {"id": "1"}}})");
    });
    CHECK(on.ride(on.going()).outcome == Outcome::failed);
    CHECK(on.said.find("cannot be asked") == std::string::npos);
    CHECK(
        on.said.ends_with("builds/7\n    its log could not be read to its end\n    a\n"
                          "    b\n"));  // each event once
}

TEST_CASE("ride: what is looked at may be away for some minutes, and is asked again") {
    OnRide on;
    on.ci.status = "succeeded";
    int looks = 0;
    on.tools.is_still_stale = [&](const upkeep::atc::JobRef& job) {
        ++looks;
        CHECK(job == on.job);
        if (on.clock.seconds() < 60s) {
            throw upkeep::Failure("asking the director", "connection refused");
        }
        return false;
    };
    CHECK(on.ride(on.going()).outcome == Outcome::succeeded);
    CHECK(looks == 7);
    CHECK(on.said.find(
              "main/cf/deploy: looking again failed, and is tried for 5 min: asking the director: "
              "connection refused") != std::string::npos);
}

TEST_CASE("ride: a look that fails for long is not taken for done") {
    OnRide on;
    on.ci.status = "succeeded";
    on.tools.is_still_stale = [](const auto&) -> bool {
        throw upkeep::Failure("asking the director", "connection refused");
    };
    CHECK(on.ride(on.going()).outcome == Outcome::cannot);
    CHECK(on.clock.seconds() == 300s);
    CHECK_FALSE(on.gate.why_closed().empty());
}

TEST_CASE("ride: how a build has ended is known, whatever comes while its log is read") {
    OnRide on;
    on.ci.status = "failed";
    on.ci.on_events = [&] { on.stop.request(); };
    const auto result = on.ride(on.going());
    CHECK(result.outcome == Outcome::failed);
    CHECK(on.said.find("main/cf/deploy #1 failed") != std::string::npos);
}

TEST_CASE("ride: a log shows neither the token nor that it is whole where it is not") {
    OnRide on;
    on.endpoint.token = upkeep::Secret("token-of-1234");
    on.ci.status = "failed";
    on.ci.events = {
        R"({"event": "log", "data": {"payload": "a token-of-1234 b\nc\n", "origin": {"id": "1"}}})",
        R"({"event": "finish-task", "data": {"exit_status": 1, "origin": {"id": "1"}}})"};
    CHECK(on.ride(on.going()).outcome == Outcome::failed);
    CHECK(
        on.said.ends_with("builds/7\n    its log could not be read to its end\n"
                          "    (a line with the password or token of the holder of the token)\n"
                          "    c\n"));
}

TEST_CASE("ride: a job whose trigger always fails is given up, and the others go on") {
    OnRide on;
    on.ci.takes_triggers = false;
    const auto result = on.ride();
    CHECK(result.outcome == Outcome::cannot);
    CHECK(result.reason == "it failed 50 times, the last time so: the server answered 500: no");
    CHECK(on.ci.triggered.size() == 50);
    CHECK(on.gate.why_closed().empty());
}

TEST_CASE("ride: a job that goes away behind a failed trigger is given up at once") {
    OnRide on;
    on.ci.takes_triggers = false;
    on.clock.at(1s, [&] { on.ci.has_job = false; });
    const auto result = on.ride();
    CHECK(result.outcome == Outcome::cannot);
    CHECK(result.reason == "there is no such job");
    CHECK(on.clock.seconds() < 10s);
}

TEST_CASE("ride: a job that takes no manual trigger is not waited for") {
    OnRide on;
    on.gate.count({});  // no place is free
    CHECK(on.ride({{}, "", true}).outcome == Outcome::cannot);
    CHECK(on.said.find("disable_manual_trigger") != std::string::npos);
}

TEST_CASE("ride: between two tries of a trigger the gate is asked again") {
    OnRide on;
    on.ci.takes_triggers = false;
    on.clock.at(20s, [&] { on.gate.leave({}, true); });
    CHECK(on.ride().outcome == Outcome::not_triggered);
    CHECK(on.ci.triggered.front() == 0s);
    CHECK(on.ci.triggered.back() < 20s);
    CHECK(on.ci.triggered.size() > 1);
    const std::string unknown = "whether it was triggered is not known";
    CHECK(on.said.find(unknown) != std::string::npos);
    CHECK(on.said.find(unknown) == on.said.rfind(unknown));
}
