#include "net/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>

#include "core/text.h"

namespace upkeep {

namespace {

struct Cleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(char* text) const { curl_free(text); }
};

std::optional<std::string> part(CURLU* url, CURLUPart what, unsigned flags = 0) {
    char* text = nullptr;
    const CURLUcode code = curl_url_get(url, what, &text, flags);
    const std::unique_ptr<char, Cleanup> owner(text);
    if (code == CURLUE_OUT_OF_MEMORY) {
        throw std::bad_alloc();
    }
    return code == CURLUE_OK ? std::optional<std::string>(text) : std::nullopt;
}

std::string without_slash_at_end(std::string path) {
    while (!path.empty() && path.back() == '/') {
        path.pop_back();
    }
    return path;
}

bool is_word_of(std::string_view words, const std::string& word) {
    return (" " + std::string(words) + " ").find(" " + word + " ") != std::string::npos;
}

std::string listed(std::string_view words) {
    std::string text(words);
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at)) {
        text.replace(at, 1, "://, ");
        at += 5;
    }
    return text + "://";
}

// What stands before the first / ? or # of "user:pa/ss@host" would be taken for host and port, and
// the rest of the password be shown as the path. A URL whose path has an @ behind a port looks the
// same.
bool has_bare_password(std::string_view text) {
    constexpr auto none = std::string_view::npos;
    text.remove_prefix(text.find("://") + 3);
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    const std::string_view authority = text.substr(0, end);
    const std::string_view rest = text.substr(end);
    const std::size_t at = rest.find('@');
    const std::size_t colon = authority.find(':', authority.rfind(']') + 1);
    if (at == none || colon == none || authority.find('@') != none) {
        return false;
    }
    const bool is_port = authority.find_first_not_of("0123456789", colon + 1) == none;
    return !is_port || rest.substr(0, at).find('?') == none;
}

}  // namespace

std::string Url::text() const {
    return query.empty() ? shown() : shown().append("?").append(query);
}

std::string Url::shown() const {
    const bool usual = (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
    return scheme + "://" + host + (usual ? "" : ":" + port) + path;
}

Url Url::at(std::string_view more_path, std::string_view more_query) const {
    Url url = *this;
    url.path += more_path;
    if (!more_query.empty()) {
        url.query += (url.query.empty() ? "" : "&") + std::string(more_query);
    }
    return url;
}

bool is_jumpbox(const Url& proxy) {
    return proxy.scheme == "ssh+socks5";
}

std::string percent_encoded(std::string_view segment) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    // Dots alone would walk up the path, encoded or not.
    const bool walks = segment == "." || segment == "..";
    std::string encoded;
    for (const char c : segment) {
        if (plain.find(c) != std::string_view::npos && !walks) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return encoded;
}

std::string value_in_query(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        query.remove_prefix(1);  // "?" or "&"
        const std::string_view field = query.substr(0, query.find('&'));
        query.remove_prefix(field.size());
        const std::size_t equals = std::min(field.find('='), field.size());
        if (field.substr(0, equals) == name && equals < field.size()) {
            std::string value(field.substr(equals + 1));
            std::replace(value.begin(), value.end(), '+', ' ');
            int length = 0;
            const std::unique_ptr<char, Cleanup> decoded(curl_easy_unescape(
                nullptr, value.c_str(), static_cast<int>(value.size()), &length));
            return decoded ? std::string(decoded.get(), static_cast<std::size_t>(length)) : "";
        }
    }
    return "";
}

bool looks_like_url(std::string_view text) {
    const std::string start = in_small_letters(text.substr(0, 8));
    return start.starts_with("http://") || start == "https://";
}

bool may_be_meant_as_url(std::string_view text) {
    // USER:PASSWORD@HOST too: the scheme was forgotten.
    const std::size_t at = text.find('@');
    const bool has_password = at != std::string_view::npos && text.find(':') < at;
    return text.find("://") != std::string_view::npos || text.starts_with("http") || has_password;
}

Url parse_url(const std::string& text, std::string_view schemes, std::string_view port) {
    const std::unique_ptr<CURLU, Cleanup> parsed(curl_url());
    if (!parsed) {
        throw std::bad_alloc();
    }
    if (text.find("://") == std::string::npos) {
        throw std::invalid_argument("it is no URL, wanted: one that begins with " +
                                    listed(schemes));
    }
    if (text.find('\0') != std::string::npos) {
        throw std::invalid_argument("it holds a NUL");
    }
    if (has_bare_password(text)) {
        throw std::invalid_argument(
            "its password holds / ? or # as they are, wanted: %2F, %3F or %23 (and %40 for an @ "
            "of the path)");
    }
    const CURLUcode code =
        curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
    if (code != CURLUE_OK) {
        throw std::invalid_argument(std::string("it is no URL: ") + curl_url_strerror(code));
    }
    Url url;
    url.scheme = part(parsed.get(), CURLUPART_SCHEME).value_or("");
    if (!is_word_of(schemes, url.scheme)) {
        throw std::invalid_argument("its scheme is not allowed here, wanted: " + listed(schemes));
    }
    url.host = part(parsed.get(), CURLUPART_HOST).value_or("");
    if (url.host.empty()) {
        throw std::invalid_argument("it names no host");
    }
    if (part(parsed.get(), CURLUPART_ZONEID)) {
        throw std::invalid_argument(
            "its address has a zone (%), which only this machine knows, wanted: one without");
    }
    const auto own_port = part(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT)
                              .value_or(is_jumpbox(url) ? "22" : "1080");
    url.port =
        part(parsed.get(), CURLUPART_PORT).value_or(port.empty() ? own_port : std::string(port));
    url.path = without_slash_at_end(part(parsed.get(), CURLUPART_PATH).value_or(""));
    url.query = part(parsed.get(), CURLUPART_QUERY).value_or("");
    url.username = part(parsed.get(), CURLUPART_USER, CURLU_URLDECODE);
    if (auto password = part(parsed.get(), CURLUPART_PASSWORD, CURLU_URLDECODE)) {
        url.password = Secret(std::move(*password));
    }
    return url;
}

}  // namespace upkeep
