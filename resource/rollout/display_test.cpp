#include "resource/rollout/display.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "tests/planned_clock.h"

using namespace std::chrono_literals;
using upkeep::atc::Build;
using upkeep::atc::BuildStatus;
using upkeep::rollout::Board;
using upkeep::rollout::Log;

namespace {

Build build(upkeep::atc::BuildId id, BuildStatus status) {
    Build build;
    build.id = id;
    build.name = "7";
    build.job = {"main", "cf", {}, "deploy"};
    build.status = status;
    return build;
}

// What is written, without what moves the cursor, since it was last asked.
struct Written {
    std::string take() {
        std::string plain;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\x1b') {
                at = text.find_first_of("AJhl", at);
            } else if (text[at] != '\r') {
                plain += text[at];
            }
        }
        text.clear();
        return plain;
    }
    std::string text;
};

struct OnTerminal {
    Written written;
    PlannedClock clock;
    upkeep::Stop stop;
    Board board{[this](const std::string& text) { written.text += text; },
                [] {
                    return upkeep::present::Screen{80, 24};
                },
                clock};

    void pass(std::chrono::seconds time) { clock.wait(clock.instant() + time, stop); }
};

}  // namespace

TEST_CASE("board: a build has one line, with its state, how long, and its link") {
    OnTerminal on;
    on.board.follows(build(1, BuildStatus::pending), "triggered", "https://ci/builds/1");
    CHECK(on.written.take() == "waits  0 s  main/cf/deploy #7  https://ci/builds/1\n");
    on.pass(5s);
    on.board.draw_anew();
    CHECK(on.written.take() == "waits  5 s  main/cf/deploy #7  https://ci/builds/1\n");
    on.board.has_started(build(1, BuildStatus::started));
    on.pass(3600s + 60s);
    on.board.has_started(build(1, BuildStatus::started));
    on.written.take();
    on.board.draw_anew();
    CHECK(on.written.take() == "runs   1 h 1 min  main/cf/deploy #7  https://ci/builds/1\n");
    on.board.ended(build(1, BuildStatus::succeeded), "main/cf/deploy #7 succeeded");
    CHECK(on.written.take() == "main/cf/deploy #7 succeeded\n");
    on.board.draw_anew();
    CHECK(on.written.text.empty());
}

TEST_CASE("board: a build that ran before is as old as Concourse says, never younger than new") {
    OnTerminal on;
    on.clock.wall = upkeep::Moment(10'000s);
    Build old = build(1, BuildStatus::started);
    old.started = 10'000 - 120;
    on.board.follows(old, "runs already, followed", "l");
    Build of_a_clock_ahead = build(2, BuildStatus::started);
    of_a_clock_ahead.started = 10'000 + 900;
    on.written.take();
    on.board.follows(of_a_clock_ahead, "runs already, followed", "l");
    CHECK(on.written.take() ==
          "runs   2 min  main/cf/deploy #7  l\nruns   0 s    main/cf/deploy #7  l\n");
}

TEST_CASE("board: what the next one waits for is a line of its own, until it waits no more") {
    OnTerminal on;
    on.board.waits_for("waiting for a place");
    CHECK(on.written.take() == "waiting for a place\n");
    on.board.waits_for("waiting for a place");
    CHECK(on.written.take() == "");
    on.board.say("stage staging: 1 job");
    CHECK(on.written.take() == "stage staging: 1 job\nwaiting for a place\n");
    on.board.waits_for("");
    CHECK(on.written.take() == "");
}

TEST_CASE("board: what is followed at its end leaves nothing") {
    OnTerminal on;
    on.board.follows(build(1, BuildStatus::started), "triggered", "l");
    on.board.waits_for("frozen");
    on.board.close();
    on.written.text.clear();
    on.board.say("the end");
    CHECK(on.written.text == "the end\n");
}

TEST_CASE("board: names and links from outside do nothing to the terminal") {
    OnTerminal on;
    Build evil = build(1, BuildStatus::started);
    evil.job.pipeline = "cf\x1b[2J\n";
    on.board.follows(evil, "triggered", "https://ci/\x1b]0;title\x07");
    CHECK(on.written.text.find("main/cf\\x1b[2J\\n/deploy #7  https://ci/\\x1b]0;title\\x07") !=
          std::string::npos);
    on.written.text.clear();
    on.board.waits_for("\x1b[1A");
    on.board.ended(evil, "\x1b[1A: ended");
    CHECK(on.written.text.find("\x1b[1A:") == std::string::npos);
    CHECK(on.written.text.find("\\x1b[1A\n") != std::string::npos);
    CHECK(on.written.text.find("\\x1b[1A: ended\n") != std::string::npos);
}

TEST_CASE("log: lines as things happen, what is waited for upon change alone") {
    std::string text;
    Log log([&](const std::string& lines) { text += lines; });
    log.follows(build(1, BuildStatus::pending), "triggered", "https://ci/builds/1");
    log.has_started(build(1, BuildStatus::started));
    for (const char* what : {"frozen", "frozen", "", "frozen"}) {
        log.waits_for(what);
    }
    log.ended(build(1, BuildStatus::failed), "main/cf/deploy #7 failed\n    \x1b[2J");
    CHECK(text ==
          "main/cf/deploy #7 triggered: https://ci/builds/1\nfrozen\nfrozen\n"
          "main/cf/deploy #7 failed\n    \\x1b[2J\n");
}
