#include "net/known_hosts.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/digest.h"
#include "core/glob.h"

namespace upkeep {

namespace {

constexpr std::string_view hashed = "|1|";  // |1|SALT|HMAC-SHA1(SALT, NAME)

std::string hmac_base64(std::string_view salt, std::string_view name) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(EVP_sha1(), salt.data(), static_cast<int>(salt.size()),
         reinterpret_cast<const unsigned char*>(name.data()), name.size(), digest.data(), &length);
    return base64({reinterpret_cast<const char*>(digest.data()), length});
}

bool is_hash_of(std::string_view text, std::string_view name) {
    text.remove_prefix(hashed.size());
    const std::size_t bar = text.find('|');
    if (bar == std::string_view::npos) {
        return false;
    }
    const auto salt = from_base64(text.substr(0, bar));
    return salt && hmac_base64(*salt, name) == text.substr(bar + 1);
}

// `*` and `?` alone mean something there, unlike in our patterns.
bool fits(const std::string& pattern, std::string_view name) {
    std::string glob;
    for (const char c : pattern) {
        glob.append(c == '[' || c == ']' || c == '\\' ? "\\" : "").push_back(c);
    }
    return Glob(glob).matches(name);
}

// A name behind `!` that fits excludes the host from the line.
bool names_it(const std::string& names, std::string_view name) {
    if (names.starts_with(hashed)) {
        return is_hash_of(names, name);
    }
    bool named = false;
    std::istringstream list(names);
    for (std::string one; std::getline(list, one, ',');) {
        if (one.starts_with('!') && fits(one.substr(1), name)) {
            return false;
        }
        named = named || fits(one, name);
    }
    return named;
}

}  // namespace

std::string known_host_keys(std::string_view known_hosts, std::string_view host,
                            std::string_view port) {
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    const std::string name =
        port == "22" ? std::string(host) : "[" + std::string(host) + "]:" + std::string(port);
    std::set<std::string> revoked;  // whichever host they are revoked for
    std::vector<std::pair<std::string, std::string>> known;
    std::istringstream lines{std::string(known_hosts)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string names;
        std::string type;
        std::string key;
        words >> names;
        const bool marked = names == "@revoked" && words >> names;
        if (!(words >> type >> key)) {
            continue;
        }
        if (marked) {
            revoked.insert(key);
        } else if (names.front() != '#' && names.front() != '@' && names_it(names, name)) {
            known.emplace_back(type, key);
        }
    }
    if (known.empty() && port != "22") {
        return known_host_keys(known_hosts, host, "22");
    }
    std::string keys;
    for (const auto& [type, key] : known) {
        keys += revoked.contains(key) ? "" : type + " " + key + "\n";
    }
    if (keys.empty() && !known.empty()) {
        throw std::invalid_argument("whatever key it has of " + name + " is revoked there");
    }
    return keys;
}

}  // namespace upkeep
