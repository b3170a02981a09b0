// Digests, and bytes as text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace upkeep {

// The SHA-256 of a text: 32 bytes, or as 64 hex digits.
std::string sha256(std::string_view text);
std::string sha256_hex(std::string_view text);
// The SHA-256 of the facts in their order, as 64 hex digits. Facts are told apart: {"a","b"} is not
// {"ab"}.
std::string digest_of(std::span<const std::string_view> facts);

// RFC 4648, section 4, padded, on one line.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace upkeep
