#include "resource/rollout/ride.h"

#include <doctest/doctest.h>

#include <chrono>
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
    std::vector<std::chrono::seconds> triggered;

    HttpReply send(const HttpRequest& request) override {
        const std::string pipeline = "/api/v1/teams/main/pipelines/cf";
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
    CHECK(on.said.ends_with("builds/7\n    a\n    b\n"));  // each event once
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
