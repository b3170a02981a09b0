#include "net/ssh_private_key.h"

#include <string_view>

#include "core/digest.h"

namespace upkeep {

namespace {

// OpenSSH's own form says which cipher was used, at the beginning of what is in it.
bool is_encrypted_by_openssh(std::string_view pem) {
    constexpr std::string_view head = "-----BEGIN OPENSSH PRIVATE KEY-----";
    // "openssh-key-v1\0", a length of 4 bytes and "none": 23 bytes, in base64 32 signs.
    constexpr std::string_view plain("openssh-key-v1\0\0\0\0\4none", 23);
    constexpr std::size_t signs = 32;
    const std::size_t at = pem.find(head);
    if (at == std::string_view::npos) {
        return false;
    }
    std::string text;
    for (const char c : pem.substr(at + head.size())) {
        if (text.size() < signs && std::string_view(" \t\r\n").find(c) == std::string_view::npos) {
            text += c;
        }
    }
    const auto bytes = from_base64(text);
    return bytes && bytes->size() >= plain.size() && !bytes->starts_with(plain);
}

}  // namespace

std::optional<std::string> problem_of_private_key(const Secret& key) {
    const std::string& text = key.reveal();
    if (text.find("PRIVATE KEY-----") == std::string::npos) {
        return text.starts_with("ssh-") || text.starts_with("ecdsa-")
                   ? "it is the public key, wanted: the private one"
                   : "it is no private key, wanted: the text of one, not the path of a file";
    }
    if (text.find("ENCRYPTED") != std::string::npos || is_encrypted_by_openssh(text)) {
        return "it is encrypted by a passphrase, wanted: one without (ssh-keygen -p makes it so)";
    }
    return std::nullopt;
}

}  // namespace upkeep
