#include "readers.h"

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

}  // namespace standin
