// JSON as it is read from outside: bounded, and without the traps that a lenient reader leaves
// open.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace upkeep {

namespace json = boost::json;

// Throws Failure(doing, why with line and column, advice) for what is not one JSON value: a syntax
// error, anything after it, invalid UTF-8, a page of HTML, a key given twice in an object, nesting
// beyond limits::depth, more values than limits::json_values. A byte order mark before it is
// skipped. The size is the reader's business (limits.h).
json::value parse_json(std::string_view text, const std::string& doing,
                       const std::string& advice = {});
// The same, but of a list f gets each item as soon as it is read, and what is returned has none: a
// long list needs no more room than its longest item.
json::value parse_items(std::string_view text, const std::string& doing,
                        const std::function<void(const json::value& item)>& f,
                        const std::string& advice = {});

// One line, as Concourse wants it; and indented by two spaces, for people, where the lines after
// the first begin with `indent`.
std::string to_line(const json::value& value);
std::string to_pretty(const json::value& value, const std::string& indent = {});

// What an answer from outside may hold or not: the text under the key, or "" for anything else; the
// object under it, or null.
std::string text_in(const json::object& object, std::string_view key);
const json::object* object_in(const json::object& object, std::string_view key);
// Whether it says so; false for anything but `true`.
bool is_true(const json::object& object, std::string_view key);
// The object that a text is, or nothing: for what a server says of a refusal, or a page instead.
std::optional<json::object> object_or_nothing(std::string_view text);

// "an object", "a list", "a text", "a number", "true", "false", "null".
std::string type_name(const json::value& value);

}  // namespace upkeep
