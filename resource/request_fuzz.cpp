// Whatever Concourse hands in is read, or refused with a Failure: never anything else.
#include "resource/request.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/failure.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        upkeep::read_request(text);
    } catch (const upkeep::Failure&) {
    }
    return 0;
}
