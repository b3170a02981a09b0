// Points and lengths of time, and how they are written. Nothing here reads a clock: `now` is handed
// in.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace upkeep {

using Moment = std::chrono::sys_seconds;  // UTC
using Day = std::chrono::sys_days;        // a UTC day

Day day_of(Moment moment);

// "2026-11-23" and "2026-11-23T17:54:02Z".
std::string to_text(Day day);
std::string to_text(Moment moment);

// Exactly YYYY-MM-DD, a day that exists; else nothing.
std::optional<Day> parse_day(std::string_view text);
// RFC 3339: YYYY-MM-DDTHH:MM:SS, a fraction that is dropped, Z or an offset; else nothing.
std::optional<Moment> parse_moment(std::string_view text);

// "90s", "90m", "12h", "14d", "2w": a whole number of at least 0 and one unit; else nothing.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);
// The largest unit that leaves no rest: "14d", "36h".
std::string to_text(std::chrono::seconds duration);

// For people, in the two largest units: "45 s", "23 min", "2 h 5 min", "3 d 4 h"; less than nothing
// is "0 s".
std::string text_of_length(std::chrono::seconds duration);

// "1 MiB", "512 KiB": in the largest unit that leaves no rest.
std::string size_text(std::uint64_t bytes);

}  // namespace upkeep
