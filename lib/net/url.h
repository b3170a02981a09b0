// A URL in its parts, checked. Its text never holds the user and password that it may have come
// with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/secret.h"

namespace upkeep {

struct Url {
    std::string scheme;  // in small letters
    std::string host;    // as curl writes it, IPv6 in brackets
    std::string port;    // "443"
    std::string path;    // begins with "/", without one at its end; empty for "/"
    std::string query;   // without "?"
    std::optional<std::string> username;
    std::optional<Secret> password;

    // For requests: scheme, host, port where it is not the scheme's own, path, query; no user or
    // password.
    std::string text() const;
    // For messages: as text(), but without the query, which may hold a secret.
    std::string shown() const;
    // This one with `path` (which begins with "/") and query behind its own.
    Url at(std::string_view path, std::string_view query = {}) const;
};

bool is_jumpbox(const Url& proxy);  // a proxy by SSH: ssh+socks5://

// As one segment of a path: whatever has a meaning in URLs becomes %XX.
std::string percent_encoded(std::string_view segment);

// Of "?a=1&name=%2Fx", as forms are encoded: %XX, and + for a space; empty where it is not there.
std::string value_in_query(std::string_view query, std::string_view name);

bool looks_like_url(std::string_view text);  // http:// or https://, in any case
// It was probably meant as a URL, so it is no path, and may hold a password.
bool may_be_meant_as_url(std::string_view text);

// Throws std::invalid_argument with the reason; `schemes` are those allowed, "http https", `port`
// is for a URL that names none, if it is not the scheme's own.
Url parse_url(const std::string& text, std::string_view schemes = "http https",
              std::string_view port = {});

}  // namespace upkeep
