// A source file is read, or refused with a Failure; and what was read is the same when it is read
// as JSON.
#include "core/yaml.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/failure.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    upkeep::json::value value;
    try {
        value = upkeep::parse_yaml(text, "reading");
    } catch (const upkeep::Failure&) {
        return 0;
    }
    try {
        upkeep::parse_json(upkeep::to_line(value), "reading");
    } catch (const upkeep::Failure&) {
        // Text in a YAML file may be no UTF-8: JSON refuses that, as Concourse would.
    }
    return 0;
}
