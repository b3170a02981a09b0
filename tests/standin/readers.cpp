#include "readers.h"

#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string_view>

namespace standin {

namespace json = boost::json;

void refuse(const std::string& place, const std::string& why) {
    throw std::runtime_error(place + ": " + why);
}

void read_object(const json::value& value, const std::string& place, const Readers& readers) {
    if (!value.is_object()) {
        refuse(place, "must be an object");
    }
    for (const auto& [key, member] : value.get_object()) {
        const std::string here = place + "." + std::string(key);
        const auto reader = readers.find(std::string_view(key.data(), key.size()));
        if (reader == readers.end()) {
            refuse(here, "is not known");
        }
        try {
            reader->second(member);
        } catch (const boost::system::system_error&) {
            refuse(here, "has the wrong type: " + json::serialize(member));
        } catch (const std::invalid_argument& wrong) {
            refuse(here, wrong.what());
        }
    }
}

Reader text(std::string& target) {
    return [&target](const json::value& value) { target = json::value_to<std::string>(value); };
}

Reader text(std::optional<std::string>& target) {
    return [&target](const json::value& value) { target = json::value_to<std::string>(value); };
}

Reader texts(std::vector<std::string>& target) {
    return [&target](const json::value& value) {
        target = json::value_to<std::vector<std::string>>(value);
    };
}

Reader truth(bool& target) {
    return [&target](const json::value& value) { target = json::value_to<bool>(value); };
}

std::uint64_t number_of(const json::value& value) {
    if (!value.is_string()) {
        return value.to_number<std::uint64_t>();
    }
    const std::string_view digits = value.get_string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
    if (error != std::errc() || end != digits.end()) {
        throw std::invalid_argument("must be a number");
    }
    return number;
}

std::int64_t seconds_now() {
    return std::chrono::floor<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Reader time(std::int64_t& target) {
    return [&target](const json::value& value) {
        constexpr std::string_view ago = " ago";
        std::string text = value.is_string() ? json::value_to<std::string>(value) : "";
        if (!text.ends_with(ago)) {
            target = static_cast<std::int64_t>(number_of(value));
            return;
        }
        text.resize(text.size() - ago.size());
        const std::map<char, std::int64_t> units{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
        const auto unit = units.find(text.empty() ? ' ' : text.back());
        if (unit == units.end()) {
            throw std::invalid_argument("must be a number, or as 23m ago");
        }
        text.pop_back();
        target =
            seconds_now() - unit->second * static_cast<std::int64_t>(number_of(json::string(text)));
    };
}

}  // namespace standin
