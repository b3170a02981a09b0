#include "resource/rollout/gate.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

#include "net/url.h"
#include "tests/planned_clock.h"
#include "tests/small_concourse.h"

using namespace std::chrono_literals;
using upkeep::atc::Build;
using upkeep::atc::BuildId;
using upkeep::rollout::Gate;

namespace {

Build build(BuildId id) {
    Build build;
    build.id = id;
    return build;
}

// A rollout at a gate of main/*/deploy, and what its log says.
struct AtGate {
    AtGate() {
        endpoint.url = upkeep::parse_url("https://ci.example.com");
        endpoint.token = upkeep::Secret("t");
        settings.group.jobs = upkeep::atc::JobPatterns({"main/*/deploy"});
        settings.limit = 1;
        clock.wall = upkeep::Moment(std::chrono::seconds(SmallConcourse::begin_s));
    }

    void ends(BuildId id, std::chrono::seconds when) {
        clock.at(when, [this, id] { ci.builds[id] = "succeeded"; });
    }
    // The build that it triggers is pending, and so in no list of those that run.
    std::optional<Build> enter(BuildId id = 100) {
        return gate.enter([&](const auto&) { return build(id); });
    }

    PlannedClock clock;
    SmallConcourse ci{clock};
    upkeep::Endpoint endpoint;
    upkeep::atc::Concourse concourse{endpoint, ci};
    upkeep::Stop stop;
    std::string said;
    upkeep::rollout::Log log{[this](const std::string& lines) { said += lines; }};
    upkeep::rollout::Settings settings;
    upkeep::rollout::Tools tools{concourse, clock, stop, log, nullptr};
    Gate gate{settings, tools};
};

}  // namespace

TEST_CASE("gate: so many at once, those of others in the group included") {
    AtGate at;
    at.settings.limit = 2;
    at.ci.builds = {{1, "started"}, {2, "started"}, {3, "pending"}};
    at.ends(1, 30s);
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(30s));  // it asks every 3 s
    CHECK(at.said ==
          "waiting for a place: 2 builds of the group run, limit 2; of others: main/cf/deploy #1, "
          "main/cf/deploy #2\n");
}

TEST_CASE("gate: a clock that is behind hides nobody") {
    AtGate at;
    at.clock.wall -= std::chrono::days(8);
    at.ci.builds = {{1, "started"}};
    at.ends(1, 30s);
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(30s));
}

TEST_CASE("gate: a build that it has triggered counts before it runs, and until it is left") {
    AtGate at;
    REQUIRE(at.enter(7));
    at.clock.at(60s, [&] { at.gate.leave(build(7), false); });
    CHECK(at.enter(8));
    CHECK(at.clock.instant() == upkeep::Instant(60s));
    CHECK(at.said == "waiting for a place: 1 build of the group runs, limit 1\n");
}

TEST_CASE("gate: who enters is told what runs") {
    AtGate at;
    at.settings.limit = 2;
    at.ci.builds = {{1, "started"}, {2, "succeeded"}};
    std::vector<BuildId> running;
    at.gate.enter([&](const std::vector<Build>& builds) {
        for (const Build& build : builds) {
            running.push_back(build.id);
        }
        return std::nullopt;
    });
    CHECK(running == std::vector<BuildId>{1});
}

TEST_CASE("gate: a build of its own that runs is counted once") {
    AtGate at;
    at.settings.limit = 2;
    REQUIRE(at.enter(7));
    at.ci.builds[7] = "started";
    CHECK(at.enter(8));
    CHECK(at.said.empty());
}

TEST_CASE("gate: what was followed already counts, and what was not triggered does not") {
    AtGate at;
    CHECK_FALSE(at.gate.enter([](const auto&) { return std::nullopt; }));
    at.gate.count(build(7));
    at.clock.at(9s, [&] { at.gate.leave(build(7), false); });
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(9s));
}

TEST_CASE("gate: all that runs is read before a place is taken, not each time that it waits") {
    AtGate at;
    at.settings.limit = 2;
    at.ci.builds = {{1, "started"}, {2, "started"}, {3, "started"}};
    at.ends(2, 30s);
    at.ends(1, 60s);
    at.clock.at(57s, [&] { at.ci.builds[4] = "started"; });  // takes the place that 1 leaves
    at.ends(3, 90s);
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(90s));
    CHECK(at.ci.times("/api/v1/teams/main/builds") == std::vector{0s, 60s, 90s});
    REQUIRE_FALSE(at.ci.times("/api/v1/builds/3").empty());
    CHECK(at.ci.times("/api/v1/builds/3").front() == 30s);  // two that run are enough to know
}

TEST_CASE("gate: a place that was not used is asked for anew") {
    AtGate at;
    at.settings.group.freeze = upkeep::atc::parse_job("main/ops/deploys");
    std::vector<std::chrono::seconds> tried;
    const auto start = [&](const auto&) -> std::optional<Build> {
        tried.push_back(at.clock.seconds());
        if (tried.size() < 3) {
            throw upkeep::Failure("posting", "500");
        }
        return build(7);
    };
    at.clock.at(5s, [&] { at.ci.frozen = true; });
    at.clock.at(60s, [&] { at.ci.frozen = false; });
    REQUIRE(at.gate.enter(start));
    CHECK(tried == std::vector{0s, 3s, 60s});
    CHECK(at.said ==
          "Concourse cannot be asked, waiting on: posting: 500\n"
          "frozen, nothing is triggered: main/ops/deploys is paused by ann\n");
}

TEST_CASE("gate: frozen, nothing enters") {
    AtGate at;
    at.settings.group.freeze = upkeep::atc::parse_job("main/ops/deploys");
    at.ci.frozen = true;
    at.clock.at(60s, [&] { at.ci.frozen = false; });
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(60s));
    CHECK(at.said == "frozen, nothing is triggered: main/ops/deploys is paused by ann\n");
}

TEST_CASE("gate: what is frozen while it reads the group is noticed") {
    AtGate at;
    at.settings.group.freeze = upkeep::atc::parse_job("main/ops/deploys");
    at.ci.on_asked = [&] {      // for the job
        at.ci.on_asked = [&] {  // for its pipeline
            at.ci.on_asked = [&] { at.ci.frozen = true; };
        };
    };
    at.clock.at(60s, [&] { at.ci.frozen = false; });
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(60s));
}

TEST_CASE("gate: after so many failures nothing enters") {
    AtGate at;
    at.settings.limit = 2;
    at.settings.max_failures = 2;
    REQUIRE(at.enter(7));
    at.gate.leave(build(7), true);
    REQUIRE(at.enter(8));
    REQUIRE(at.enter(9));
    at.gate.leave(build(8), false);
    CHECK(at.gate.why_closed().empty());
    at.gate.leave(build(9), true);
    CHECK(at.gate.why_closed() == "2 jobs failed");
    CHECK_FALSE(at.enter());
}

TEST_CASE("gate: what fails while it waits, or while it asks, ends the waiting") {
    AtGate at;
    at.gate.count(build(7));
    at.gate.count(build(8));
    SUBCASE("waits") {
        at.clock.at(10s, [&] { at.gate.leave(build(7), true); });
    }
    SUBCASE("asks, and finds a place") {
        at.ci.on_asked = [&] {
            at.gate.leave(build(7), true);
            at.gate.leave(build(8), false);
        };
    }
    CHECK_FALSE(at.enter());
    CHECK(at.gate.why_closed() == "1 job failed");
}

TEST_CASE("gate: while Concourse is away nothing enters, and that is said every five minutes") {
    AtGate at;
    at.ci.away = at.ci.tells_times = true;
    at.clock.at(2h, [&] { at.ci.away = false; });
    CHECK(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(2h));
    CHECK(at.said.starts_with("Concourse cannot be asked, waiting on: "));
    CHECK(std::count(at.said.begin(), at.said.end(), '\n') == 24);
}

TEST_CASE("gate: what waiting does not mend closes it, and is said") {
    AtGate at;
    at.settings.group.freeze = upkeep::atc::parse_job("main/ops/deploys");
    at.ci.no_freeze_job = true;
    CHECK_FALSE(at.enter());
    CHECK(at.clock.instant() == upkeep::Instant(0s));
    CHECK(at.gate.why_closed().find("there is no job main/ops/deploys") != std::string::npos);
    CHECK(at.said.starts_with("nothing more is triggered: "));
}

TEST_CASE("gate: a stop ends the waiting at once") {
    AtGate at;
    at.gate.count(build(7));
    at.clock.at(10s, [&] { at.stop.request(); });
    CHECK_THROWS_AS(at.enter(), upkeep::Stopped);
}
