#include "core/moment.h"

#include <doctest/doctest.h>

#include <string>

using namespace std::chrono_literals;
using upkeep::Day;
using upkeep::Moment;

TEST_CASE("a moment is written as RFC 3339 and read back") {
    const Moment moment = Day{std::chrono::year{2026} / 11 / 23} + 17h + 54min + 2s;
    CHECK(upkeep::to_text(moment) == "2026-11-23T17:54:02Z");
    CHECK(upkeep::parse_moment("2026-11-23T17:54:02Z") == moment);
    CHECK(upkeep::parse_moment("2026-11-23T18:54:02.123456+01:00") == moment);
    CHECK(upkeep::parse_moment("2026-11-23T13:24:02-04:30") == moment);
    CHECK(upkeep::to_text(Moment{-1s}) == "1969-12-31T23:59:59Z");
}

TEST_CASE("what is not a moment is not taken for one") {
    for (const char* text : {"", "2026-11-23", "2026-11-23T17:54:02", "2026-02-29T00:00:00Z",
                             "2026-11-23T24:00:00Z", "2026-11-23T17:54:02Zjunk",
                             "2026-11-23T17:54:02.Z", "26-11-23T17:54:02Z", "2026-11-23T17:54Z"}) {
        CAPTURE(text);
        CHECK_FALSE(upkeep::parse_moment(text));
    }
}

TEST_CASE("a day must exist and be written in full") {
    CHECK(upkeep::parse_day("2024-02-29") == Day{std::chrono::year{2024} / 2 / 29});
    for (const char* text : {"2026-02-29", "2026-1-1", "2026-13-01", "2026-00-10", "2026-01-01 ",
                             "20260101", "-026-01-01", ""}) {
        CAPTURE(text);
        CHECK_FALSE(upkeep::parse_day(text));
    }
}

TEST_CASE("durations have one number and one unit") {
    CHECK(upkeep::parse_duration("90m") == 90min);
    CHECK(upkeep::parse_duration("14d") == 14 * 24h);
    CHECK(upkeep::parse_duration("0s") == 0s);
    for (const char* text : {"", "m", "90", "-1m", "1.5h", "1h30m", "1 h", "1H", "99999999999999d",
                             "+3d", "9223372036854775807s"}) {
        CAPTURE(text);
        CHECK_FALSE(upkeep::parse_duration(text));
    }
    for (const auto duration : {0s, 1s, 60s, 90s, 3600s, 36 * 3600s, 14 * 86'400s}) {
        CHECK(upkeep::parse_duration(upkeep::to_text(duration)) == duration);
    }
    CHECK(upkeep::to_text(36 * 3600s) == "36h");
}

TEST_CASE("lengths of time for people have the two largest units") {
    CHECK(upkeep::text_of_length(-5s) == "0 s");
    CHECK(upkeep::text_of_length(59s) == "59 s");
    CHECK(upkeep::text_of_length(119s) == "1 min");
    CHECK(upkeep::text_of_length(7200s) == "2 h");
    CHECK(upkeep::text_of_length(7500s) == "2 h 5 min");
    CHECK(upkeep::text_of_length(24h + 90min) == "1 d 1 h");
    CHECK(upkeep::text_of_length(14 * 24h + 59min) == "14 d");
}

TEST_CASE("durations may be given in weeks") {
    CHECK(upkeep::parse_duration("2w") == 14 * 24h);
}

TEST_CASE("sizes are written with binary units") {
    CHECK(upkeep::size_text(1U << 20U) == "1 MiB");
    CHECK(upkeep::size_text(64U << 10U) == "64 KiB");
    CHECK(upkeep::size_text(1025) == "1025 bytes");
}
