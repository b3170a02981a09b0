#include "atc/events.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/failure.h"

using namespace upkeep;
using atc::EventStream;

namespace {

struct Seen {
    std::string events;  // "0:log 1:status "
    EventStream stream{"reading", [this](std::uint64_t number, const json::object& event) {
                           events += std::to_string(number) + ":" + text_in(event, "event") + " ";
                       }};
};

const std::string two =
    "id: 0\nevent: event\ndata: {\"event\": \"status\"}\n\n"
    "id: 1\r\nevent: event\r\ndata:{\"event\":\r\ndata: \"log\"}\r\n\r\n";
const std::string end = "id: 2\nevent: end\ndata\n\n";

}  // namespace

TEST_CASE("events come in any pieces") {
    for (std::size_t cut = 0; cut <= two.size(); ++cut) {
        Seen seen;
        seen.stream.take(two.substr(0, cut));
        seen.stream.take(two.substr(cut));
        CHECK(seen.events == "0:status 1:log ");
        CHECK_FALSE(seen.stream.ended());
    }
}

TEST_CASE("after the end nothing is read") {
    Seen seen;
    seen.stream.take(two + end + two);
    CHECK(seen.stream.ended());
    CHECK(seen.events == "0:status 1:log ");
}

TEST_CASE("comments, unknown fields and empty events are passed by") {
    Seen seen;
    seen.stream.take(": hello\n\nretry: 5\nevent: ping\ndata: x\n\n");
    seen.stream.take(two);
    CHECK(seen.events == "0:status 1:log ");
}

TEST_CASE("what is no event is an error") {
    CHECK_THROWS_AS(Seen().stream.take("event: event\ndata: hello\n\n"), Failure);
    CHECK_THROWS_AS(Seen().stream.take("event: event\ndata: [1]\n\n"), Failure);
    CHECK_THROWS_AS(Seen().stream.take(std::string(atc::event_bytes + 1, 'x')), Failure);
}
