#include "core/finding.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace upkeep {

namespace {

std::string hex(std::span<const unsigned char> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

}  // namespace

std::string_view to_text(Severity severity) {
    return severity_names.at(static_cast<std::size_t>(severity));
}

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    // Fails only where it can have no memory.
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
    return hex(std::span(bytes).first(length));
}

std::string finding_id(std::span<const std::string_view> facts) {
    std::string text;
    for (const std::string_view fact : facts) {
        text += std::to_string(fact.size());
        text += ':';
        text += fact;
    }
    return sha256_hex(text);
}

std::string_view short_id(std::string_view id) {
    return id.substr(0, 16);
}

}  // namespace upkeep
