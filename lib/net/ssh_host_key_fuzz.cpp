// Anything as the host keys of a jumpbox: refused with a reason, or keys that, written as SSH does,
// are read as themselves.
#include "net/ssh_host_key.h"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace {

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

void check(const upkeep::SshHostKeys& keys) {
    require(keys.any || !keys.blobs.empty() || !keys.fingerprints.empty(), "there is one");
    require(!keys.shown().empty(), "they can be shown");
    for (const std::string& blob : keys.blobs) {
        require(keys.has(blob), "each is known");
        const auto again = upkeep::parse_ssh_host_keys(upkeep::ssh_key_line(blob));
        require(again.blobs == std::vector{blob}, "reading is stable");
        require(upkeep::parse_ssh_host_keys(upkeep::ssh_key_fingerprint(blob)).has(blob),
                "its fingerprint knows it");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    upkeep::ssh_key_fingerprint(text);
    upkeep::ssh_key_line(text);
    upkeep::SshHostKeys keys;
    try {
        keys = upkeep::parse_ssh_host_keys(text);
    } catch (const std::invalid_argument& error) {
        require(*error.what() != '\0', "a refusal says why");
        return 0;
    }
    check(keys);
    return 0;
}
