#include "net/ssh_host_key.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "core/digest.h"

namespace upkeep {

namespace {

bool is_type(std::string_view word) {
    return word.starts_with("ssh-") || word.starts_with("ecdsa-sha2-") || word.starts_with("sk-");
}

// Where the key stands: behind its type.
void read_line(const std::string& line, SshHostKeys& keys) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
        if (word.starts_with('@')) {  // @revoked, @cert-authority
            throw std::invalid_argument("a line with " + word + " is not for trusting a key");
        }
        if (word.starts_with("SHA256:")) {
            keys.fingerprints.push_back(word);
            return;
        }
        if (!is_type(word)) {
            continue;
        }
        std::string key;
        words >> key;
        if (is_type(key)) {  // so that was a host called ssh-gateway
            word = std::exchange(key, {});
            words >> key;
        }
        const auto blob = from_base64(key);
        if (!blob || ssh_key_type(*blob) != word) {
            throw std::invalid_argument("the key behind " + word + " is damaged");
        }
        keys.blobs.push_back(*blob);
        return;
    }
    throw std::invalid_argument(
        "it is no host key, wanted: \"ssh-ed25519 AAAA...\", a line of known_hosts, "
        "\"SHA256:...\" or \"any\"");
}

}  // namespace

std::string ssh_key_type(std::string_view blob) {
    constexpr std::size_t head = 4;
    if (blob.size() < head || blob[0] != 0 || blob[1] != 0 || blob[2] != 0) {
        return "";
    }
    return std::string(blob.substr(head, static_cast<unsigned char>(blob[3])));
}

std::string ssh_key_fingerprint(std::string_view blob) {
    std::string text = base64(sha256(blob));
    text.resize(text.find('='));
    return "SHA256:" + text;
}

std::string ssh_key_line(std::string_view blob) {
    return ssh_key_type(blob) + " " + base64(blob);
}

bool SshHostKeys::has(std::string_view blob) const {
    return any || std::find(blobs.begin(), blobs.end(), blob) != blobs.end() ||
           std::find(fingerprints.begin(), fingerprints.end(), ssh_key_fingerprint(blob)) !=
               fingerprints.end();
}

std::string SshHostKeys::shown() const {
    std::string text = any ? "any" : "";
    for (const std::string& blob : blobs) {
        text += (text.empty() ? "" : ", ") + ssh_key_fingerprint(blob);
    }
    for (const std::string& fingerprint : fingerprints) {
        text += (text.empty() ? "" : ", ") + fingerprint;
    }
    return text;
}

SshHostKeys parse_ssh_host_keys(const std::string& text) {
    SshHostKeys keys;
    if (text == "any") {
        keys.any = true;
        return keys;
    }
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find_first_not_of(" \t\r");
        if (begin != std::string::npos && line[begin] != '#') {
            read_line(line, keys);
        }
    }
    if (keys.blobs.empty() && keys.fingerprints.empty()) {
        throw std::invalid_argument("it holds no key");
    }
    return keys;
}

}  // namespace upkeep
