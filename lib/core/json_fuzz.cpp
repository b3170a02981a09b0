// JSON is read, or refused with a Failure; item by item it is the same, and what was read is
// written so that it is read the same. Fractions are left out: Boost.JSON reads them to within a
// unit of the last place.
#include "core/json.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/failure.h"

namespace {

bool has_fraction(const upkeep::json::value& value) {
    if (const auto* list = value.if_array()) {
        return std::any_of(list->begin(), list->end(), has_fraction);
    }
    if (const auto* object = value.if_object()) {
        return std::any_of(object->begin(), object->end(),
                           [](const auto& item) { return has_fraction(item.value()); });
    }
    return value.is_double();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    upkeep::json::value value;
    try {
        value = upkeep::parse_json(text, "reading");
    } catch (const upkeep::Failure&) {
        return 0;
    }
    upkeep::json::array items;
    const auto rest = upkeep::parse_items(
        text, "items", [&](const upkeep::json::value& item) { items.push_back(item); });
    if (value.is_array() ? items != value.get_array() : rest != value || !items.empty()) {
        std::abort();
    }
    if (has_fraction(value)) {
        return 0;
    }
    const std::string line = upkeep::to_line(value);
    const std::string pretty = upkeep::to_pretty(value);
    if (upkeep::to_line(upkeep::parse_json(line, "line")) != line ||
        upkeep::to_line(upkeep::parse_json(pretty, "pretty")) != line) {
        std::abort();
    }
    return 0;
}
