#include "resource/throttle/waiting.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "net/url.h"
#include "tests/planned_clock.h"
#include "tests/small_concourse.h"

using namespace std::chrono_literals;
using upkeep::Failure;
using upkeep::Instant;
using upkeep::atc::BuildId;

namespace {

struct World {
    explicit World(BuildId mine) : own(mine) {
        endpoint.url = upkeep::parse_url("https://ci.example.com");
        endpoint.token = upkeep::Secret("t");
        settings.group.jobs = upkeep::atc::JobPatterns({"main/*/deploy"});
        for (BuildId id = 1; id <= own; ++id) {
            ci.builds[id] = "started";
        }
    }

    void ends(BuildId id, std::chrono::seconds when) {
        clock.at(when, [this, id] { ci.builds[id] = "succeeded"; });
    }

    upkeep::throttle::Admitted wait(std::size_t limit) {
        upkeep::atc::Concourse concourse(endpoint, ci);
        return upkeep::throttle::wait_for_place(
            settings, limit, own, {concourse, clock, stop, [this](const std::string& line) {
                                       said.emplace_back(line, clock.seconds());
                                   }});
    }

    std::vector<std::chrono::seconds> said_at() const {
        std::vector<std::chrono::seconds> times;
        times.reserve(said.size());
        for (const auto& [line, when] : said) {
            times.push_back(when);
        }
        return times;
    }

    BuildId own;
    PlannedClock clock;
    SmallConcourse ci{clock};
    upkeep::Endpoint endpoint;
    upkeep::throttle::Settings settings;
    upkeep::Stop stop;
    std::vector<std::pair<std::string, std::chrono::seconds>> said;
};

using Times = std::vector<std::chrono::seconds>;

}  // namespace

TEST_CASE("throttle: with nobody ahead it takes the settle time, and no word") {
    World world(1);
    CHECK(world.wait(1).waited == 5s);
    CHECK(world.said.empty());
    CHECK(world.ci.times("/api/v1/teams/main/builds") == Times{5s});
}

TEST_CASE("throttle: says where it stands upon change, and every five minutes") {
    World world(3);
    world.ends(1, 400s);
    world.ends(2, 900s);
    CHECK(world.wait(1).waited == 902s);  // a poll of every 3 s, from 5 s on
    REQUIRE(world.said_at() == Times{5s, 305s, 401s, 701s});
    CHECK(world.said.front().first ==
          "place 3 of 3, limit 1; ahead: main/cf/deploy #1 (3 min, "
          "https://ci.example.com/builds/1), main/cf/deploy #2 (1 min, "
          "https://ci.example.com/builds/2)");
    CHECK(world.said[2].first.starts_with("place 2 of 3, limit 1; ahead: main/cf/deploy #2 ("));
    CHECK(world.said[3].first.starts_with("place 2 of 2, limit 1; "));  // the group is read again
}

TEST_CASE("throttle: an age holds what the own build did before it came to the put") {
    World world(2);
    world.ends(1, 10s);
    const auto own_start = SmallConcourse::begin_s + 200;
    SUBCASE("by this machine's clock") {
        world.clock.wall = upkeep::Moment(std::chrono::seconds(own_start) + 51min);
        world.wait(1);
        CHECK(world.said.at(0).first.find("#1 (52 min, ") != std::string::npos);
    }
    SUBCASE("but for one that is behind") {
        world.clock.wall = upkeep::Moment(std::chrono::seconds(own_start) - 51min);
        world.wait(1);
        CHECK(world.said.at(0).first.find("#1 (1 min, ") != std::string::npos);
    }
}

TEST_CASE("throttle: lists that cannot be read again keep nobody from going on") {
    World world(2);
    world.clock.at(100s, [&] { world.ci.lists_fail = true; });
    world.ends(1, 400s);
    CHECK(world.wait(1).waited == 401s);
    CHECK(world.said_at() == Times{5s, 305s});
}

TEST_CASE("throttle: a list that Concourse's database cannot give is waited for") {
    World world(1);
    world.ci.lists_fail = true;
    world.clock.at(100s, [&] { world.ci.lists_fail = false; });
    SUBCASE("of a team that is there") {
        CHECK(world.wait(1).waited == 101s);
        REQUIRE(world.said.size() == 1);
        CHECK(world.said[0].first.find("the server answered 404") != std::string::npos);
    }
    SUBCASE("of a team that is not, which an admin is not told otherwise") {
        world.ci.has_team = false;
        CHECK_THROWS_WITH_AS(world.wait(1), doctest::Contains("there is no team main"),
                             upkeep::atc::Refused);
    }
}

TEST_CASE("throttle: asks for the first of those ahead, every 3 s times its turn") {
    World world(6);  // five ahead of it, of which two may run: the second lot
    for (BuildId id = 1; id <= 4; ++id) {
        world.ends(id, 15s);
    }
    CHECK(world.wait(2).running == 1);
    CHECK(world.ci.times("/api/v1/builds/1") == Times{5s, 11s, 17s});
    CHECK(world.ci.times("/api/v1/builds/2") == Times{5s, 11s, 17s});
    CHECK(world.ci.times("/api/v1/builds/3") == Times{17s});
    CHECK(world.ci.times("/api/v1/builds/5") == Times{17s});
}

TEST_CASE("throttle: reads the whole group again every five minutes") {
    World world(2);
    world.ends(1, 650s);
    world.wait(1);
    CHECK(world.ci.times("/api/v1/teams/main/builds") == Times{5s, 305s, 605s});
}

TEST_CASE("throttle: what started later, or in its second with a higher id, is not waited for") {
    World world(1);
    world.ci.builds[2] = "started";
    SUBCASE("later, and listed because starts have fractions") {
        world.ci.starts[2] = SmallConcourse::begin_s + 101;
    }
    SUBCASE("in its second") {
        world.ci.starts[2] = SmallConcourse::begin_s + 100;
    }
    CHECK(world.wait(1).running == 0);
}

TEST_CASE("throttle: what started in its second with a lower id is waited for") {
    World world(2);
    world.ci.starts[1] = SmallConcourse::begin_s + 200;
    world.ends(1, 10s);
    CHECK(world.wait(1).waited == 11s);
}

TEST_CASE("throttle: gives up when longest_wait is over, and says for whom it waited") {
    World world(2);
    world.settings.waiting.longest_wait = 60s;
    CHECK_THROWS_WITH_AS(
        world.wait(1),
        "waiting for a place among main/*/deploy: longest_wait (1m) is over; the limit is 1, "
        "ahead: main/cf/deploy #1 (2 min, https://ci.example.com/builds/1)\n"
        "  Does one of them hang?",
        Failure);
    CHECK(world.clock.instant() == Instant(60s));
}

TEST_CASE("throttle: a Concourse that is away at the start is waited for, for a minute") {
    World world(1);
    world.ci.away = true;
    SUBCASE("it comes back") {
        world.clock.at(50s, [&] { world.ci.away = false; });
        CHECK(world.wait(1).waited == 51s);
        CHECK(world.said.size() == 1);
        CHECK(world.said[0].first.starts_with("Concourse cannot be asked, waiting on: "));
    }
    SUBCASE("it does not") {
        CHECK_THROWS_AS(world.wait(1), Failure);
        CHECK(world.clock.instant() == Instant(60s));
    }
}

TEST_CASE("throttle: a Concourse that goes away in the middle is waited for") {
    World world(2);
    world.clock.at(10s, [&] { world.ci.away = true; });
    world.ends(1, 1800s);
    world.clock.at(2h, [&] { world.ci.away = false; });
    CHECK(world.wait(1).waited == 7202s);
    REQUIRE(world.said.size() > 3);
    CHECK(world.said[1].first.ends_with("builds/1: connection refused"));
    CHECK(world.said[1].second == 11s);
    CHECK(world.said[3].first == world.said[2].first);
    CHECK(world.said[3].second == world.said[2].second + 5min);
}

TEST_CASE("throttle: a router that answers 404 ends no build") {
    World world(3);
    world.clock.at(100s, [&] { world.ci.only_a_router = true; });
    world.clock.at(110s, [&] { world.ci.only_a_router = false; });
    world.ends(1, 200s);
    world.ends(2, 300s);
    CHECK(world.wait(1).waited >= 300s);
}

TEST_CASE("throttle: a role that is taken away is noticed before a reading is believed") {
    World world(2);
    const auto take_away = [&] {
        world.ci.has_role = false;
        world.ci.builds.erase(1);
    };
    SUBCASE("within the settle time") {
        world.clock.at(2s, take_away);
    }
    SUBCASE("before the group is read again") {
        world.clock.at(303s, take_away);
    }
    world.ends(1, 1h);
    CHECK_THROWS_AS(world.wait(1), upkeep::atc::Refused);
}

TEST_CASE("throttle: a Concourse that goes away after its first answer is waited for") {
    World world(1);
    world.clock.at(3s, [&] { world.ci.away = true; });
    world.clock.at(200s, [&] { world.ci.away = false; });
    CHECK(world.wait(1).waited >= 200s);
}

TEST_CASE("throttle: a build that has ended waits no more") {
    World world(2);
    world.ends(2, 100s);
    CHECK_THROWS_AS(world.wait(1), upkeep::atc::Refused);
}

TEST_CASE("throttle: a build whose job gets a name outside of the group waits no more") {
    World world(2);
    world.clock.at(100s, [&] { world.ci.job_name = "release"; });
    CHECK_THROWS_WITH_AS(
        world.wait(1),
        doctest::Contains("its job main/cf/release is none of the group's, main/*/deploy"),
        upkeep::atc::Refused);
}

TEST_CASE("throttle: gives up while Concourse is away, and says so") {
    World world(2);
    world.settings.waiting.longest_wait = 60s;
    world.clock.at(10s, [&] { world.ci.away = true; });
    try {
        world.wait(1);
        FAIL("it was admitted");
    } catch (const Failure& failure) {
        CHECK(failure.why().find("Concourse could not be asked") != std::string::npos);
    }
}

TEST_CASE("throttle: nothing is admitted while it is frozen, or the limit is 0") {
    World world(1);
    SUBCASE("frozen") {
        world.settings.group.freeze = upkeep::atc::parse_job("main/ops/deploys");
        world.ci.frozen = true;
        world.clock.at(100s, [&] { world.ci.frozen = false; });
        CHECK(world.wait(1).waited == 101s);
        REQUIRE(world.said.size() == 1);
        CHECK(world.said[0].first == "frozen: main/ops/deploys is paused by ann; place 1, limit 1");
    }
    SUBCASE("limit 0") {
        world.settings.waiting.longest_wait = 1h;
        CHECK_THROWS_AS(world.wait(0), Failure);
        CHECK(world.said.size() == 12);
        CHECK(
            world.said[0].first.starts_with("the limit is 0: nothing is admitted. Raise `limit`"));
    }
}

TEST_CASE("throttle: a build that is not of the group is refused") {
    World world(1);
    world.settings.group.jobs = upkeep::atc::JobPatterns({"main/*/other"});
    CHECK_THROWS_AS(world.wait(1), upkeep::atc::Refused);
}
