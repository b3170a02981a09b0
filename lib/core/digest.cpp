#include "core/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <new>

namespace upkeep {

namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
    return {bytes.begin(), bytes.begin() + length};
}

std::string sha256_hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char c : sha256(text)) {
        const auto byte = static_cast<unsigned char>(c);
        hex += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return hex;
}

std::string digest_of(std::span<const std::string_view> facts) {
    std::string text;
    for (const std::string_view fact : facts) {
        text += std::to_string(fact.size());
        text += ':';
        text += fact;
    }
    return sha256_hex(text);
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       bytes_of(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       bytes_of(text), static_cast<int>(text.size()));
    const std::size_t padding = text.size() - std::min(text.find('='), text.size());
    if (length < 0 || padding > 2) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

}  // namespace upkeep
