// Reads the settings: each key of an object by the reader that belongs to it.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace standin {

using Reader = std::function<void(const boost::json::value&)>;
using Readers = std::map<std::string, Reader, std::less<>>;

// Throws std::runtime_error.
[[noreturn]] void refuse(const std::string& place, const std::string& why);
// A key without a reader is refused, and what its reader cannot take.
void read_object(const boost::json::value& value, const std::string& place, const Readers& readers);

Reader text(std::string& target);
Reader text(std::optional<std::string>& target);
Reader texts(std::vector<std::string>& target);
Reader truth(bool& target);
// As a number, or as a text of digits: what a variable was filled in for is a text.
std::uint64_t number_of(const boost::json::value& value);

// By the machine's clock.
std::int64_t seconds_now();
// Seconds since 1970, or how long ago: 23m ago, with s, m, h or d.
Reader time(std::int64_t& target);

template <typename Number>
Reader number(Number& target) {
    return [&target](const boost::json::value& value) {
        target = static_cast<Number>(number_of(value));
    };
}

template <typename Number>
Reader number(std::optional<Number>& target) {
    return [&target](const boost::json::value& value) {
        target = static_cast<Number>(number_of(value));
    };
}

template <typename Item, typename Parse>
Reader list_of(std::vector<Item>& target, const std::string& place, Parse parse) {
    return [&target, place, parse](const boost::json::value& value) {
        for (const boost::json::value& item : value.as_array()) {
            target.push_back(parse(item, place + "[" + std::to_string(target.size()) + "]"));
        }
    };
}

// An object whose keys are names of the author's own.
template <typename Item, typename Parse>
Reader map_of(std::map<std::string, Item, std::less<>>& target, const std::string& place,
              Parse parse) {
    return [&target, place, parse](const boost::json::value& value) {
        for (const auto& [name, item] : value.as_object()) {
            target[std::string(name)] = parse(item, place + "." + std::string(name));
        }
    };
}

}  // namespace standin
