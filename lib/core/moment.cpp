#include "core/moment.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "core/text.h"

namespace upkeep {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string digits(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// Takes exactly `count` digits from the front.
std::optional<unsigned> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) {
        return std::nullopt;
    }
    unsigned value = 0;
    for (char c : text.substr(0, count)) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Day> take_day(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, "-")) {
        return std::nullopt;
    }
    const auto month = take_digits(text, 2);
    if (!month || !take(text, "-")) {
        return std::nullopt;
    }
    const auto day = take_digits(text, 2);
    if (!day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{*month}, std::chrono::day{*day}};
    return date.ok() ? std::optional<Day>(Day{date}) : std::nullopt;
}

std::optional<seconds> take_time(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ":")) {
        return std::nullopt;
    }
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59 || !take(text, ":")) {
        return std::nullopt;
    }
    const auto second = take_digits(text, 2);
    if (!second || *second > 60) {  // 60 is a leap second
        return std::nullopt;
    }
    if (take(text, ".")) {
        if (text.empty() || !is_digit(text.front())) {
            return std::nullopt;
        }
        while (!text.empty() && is_digit(text.front())) {
            text.remove_prefix(1);
        }
    }
    return hours{*hour} + minutes{*minute} + seconds{*second};
}

std::optional<seconds> take_offset(std::string_view& text) {
    if (take(text, "Zz")) {
        return seconds{0};
    }
    const bool east = !text.empty() && text.front() == '+';
    if (!take(text, "+-")) {
        return std::nullopt;
    }
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ":")) {
        return std::nullopt;
    }
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59) {
        return std::nullopt;
    }
    const seconds offset = hours{*hour} + minutes{*minute};
    return east ? offset : -offset;
}

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

// A whole number and one of the units, times its factor; nothing when it does not fit into 63 bits.
template <std::size_t count>
std::optional<std::int64_t> parse_with_unit(std::string_view text,
                                            const std::array<Unit, count>& units) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0 || end == text.data()) {
        return std::nullopt;
    }
    const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
    for (const Unit& unit : units) {
        if (unit.name == name) {
            if (value > std::numeric_limits<std::int64_t>::max() / unit.factor) {
                return std::nullopt;
            }
            return value * unit.factor;
        }
    }
    return std::nullopt;
}

// A hundred years: longer than anything that is waited for, short enough to be added to any moment.
constexpr std::int64_t most_seconds = 100LL * 366 * 86'400;

}  // namespace

Day day_of(Moment moment) {
    return std::chrono::floor<days>(moment);
}

std::string to_text(Day day) {
    const std::chrono::year_month_day date{day};
    return digits(static_cast<int>(date.year()), 4) + "-" +
           digits(static_cast<unsigned>(date.month()), 2) + "-" +
           digits(static_cast<unsigned>(date.day()), 2);
}

std::string to_text(Moment moment) {
    const Day day = day_of(moment);
    const std::chrono::hh_mm_ss time{moment - day};
    return to_text(day) + "T" + digits(time.hours().count(), 2) + ":" +
           digits(time.minutes().count(), 2) + ":" + digits(time.seconds().count(), 2) + "Z";
}

std::optional<Day> parse_day(std::string_view text) {
    const auto day = take_day(text);
    return text.empty() ? day : std::nullopt;
}

std::optional<Moment> parse_moment(std::string_view text) {
    const auto day = take_day(text);
    if (!day || !take(text, "Tt ")) {
        return std::nullopt;
    }
    const auto time = take_time(text);
    if (!time) {
        return std::nullopt;
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) {
        return std::nullopt;
    }
    return *day + *time - *offset;
}

std::optional<seconds> parse_duration(std::string_view text) {
    static constexpr std::array<Unit, 5> units{
        {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}}};
    const auto value = parse_with_unit(text, units);
    return value && *value <= most_seconds ? std::optional<seconds>(seconds{*value}) : std::nullopt;
}

std::string to_text(seconds duration) {
    static constexpr std::array<Unit, 3> units{{{"d", 86'400}, {"h", 3600}, {"m", 60}}};
    for (const Unit& unit : units) {
        if (duration.count() != 0 && duration.count() % unit.factor == 0) {
            return std::to_string(duration.count() / unit.factor) + std::string(unit.name);
        }
    }
    return std::to_string(duration.count()) + "s";
}

std::string text_of_length(std::chrono::seconds duration) {
    using namespace std::chrono_literals;
    const auto seconds = std::max(duration, 0s);
    const auto two = [](auto large, const char* name, auto small, const char* small_name) {
        return std::to_string(large.count()) + name +
               (small.count() > 0 ? " " + std::to_string(small.count()) + small_name : "");
    };
    const auto days = std::chrono::floor<std::chrono::days>(seconds);
    const auto hours = std::chrono::floor<std::chrono::hours>(seconds);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(seconds);
    if (days > 0s) {
        return two(days, " d", hours - days, " h");
    }
    if (hours > 0s) {
        return two(hours, " h", minutes - hours, " min");
    }
    return minutes > 0s ? std::to_string(minutes.count()) + " min"
                        : std::to_string(seconds.count()) + " s";
}

std::string size_text(std::uint64_t bytes) {
    static constexpr std::array<Unit, 3> units{
        {{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}};
    for (const Unit& unit : units) {
        const auto factor = static_cast<std::uint64_t>(unit.factor);
        if (bytes != 0 && bytes % factor == 0) {
            return std::to_string(bytes / factor) + " " + std::string(unit.name);
        }
    }
    return std::to_string(bytes) + " bytes";
}

}  // namespace upkeep
