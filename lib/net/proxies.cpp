#include "net/proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <stdexcept>

#include "core/failure.h"
#include "core/text.h"

namespace upkeep {

namespace {

std::optional<std::uint32_t> ipv4(const std::string& text) {
    in_addr address{};
    if (inet_pton(AF_INET, text.c_str(), &address) != 1) {
        return std::nullopt;
    }
    return ntohl(address.s_addr);
}

bool is_in_network(const std::string& host, const std::string& network) {
    const std::size_t slash = network.find('/');
    const auto address = ipv4(host);
    const auto base = ipv4(network.substr(0, slash));
    unsigned bits = 0;
    const char* const end = network.data() + network.size();
    const auto [stop, error] = std::from_chars(network.data() + slash + 1, end, bits);
    if (!address || !base || error != std::errc{} || stop != end || bits > 32) {
        return false;
    }
    const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
    return (*address & mask) == (*base & mask);
}

bool entry_matches(std::string entry, const std::string& host, std::string_view port) {
    if (entry == "*") {
        return true;
    }
    if (entry.starts_with("*.")) {
        entry.erase(0, 1);
    }
    if (entry.find('/') != std::string::npos) {
        return is_in_network(host, entry);
    }
    const std::size_t colon = entry.rfind(':');
    if (colon != std::string::npos && entry.find(':') == colon) {
        if (entry.substr(colon + 1) != port) {
            return false;
        }
        entry.resize(colon);
    }
    if (entry.empty()) {
        return false;  // ":443", a port without a name
    }
    const std::string name = entry.front() == '.' ? entry.substr(1) : entry;
    return host == name ||
           (host.size() > name.size() && !name.empty() &&
            host.compare(host.size() - name.size() - 1, std::string::npos, "." + name) == 0);
}

struct Variable {
    std::string name;
    std::string value;
};

std::optional<Variable> variable(const Environment& environment, const std::string& scheme) {
    for (const std::string& name : {scheme + "_proxy", std::string("all_proxy")}) {
        std::string capitals = name;
        std::transform(capitals.begin(), capitals.end(), capitals.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        for (const std::string& either : {name, capitals}) {
            if (auto value = environment.get(either)) {
                return Variable{either, std::move(*value)};
            }
        }
    }
    return std::nullopt;
}

}  // namespace

bool is_excluded(std::string_view no_proxy, std::string_view host, std::string_view port) {
    constexpr std::string_view separators = ", \t";
    std::string name = in_small_letters(host);
    if (name.size() > 2 && name.front() == '[') {
        name = name.substr(1, name.size() - 2);  // IPv6, which a list has without brackets
    }
    std::size_t at = no_proxy.find_first_not_of(separators);
    while (at != std::string_view::npos) {
        const std::size_t end = std::min(no_proxy.find_first_of(separators, at), no_proxy.size());
        if (entry_matches(in_small_letters(no_proxy.substr(at, end - at)), name, port)) {
            return true;
        }
        at = no_proxy.find_first_not_of(separators, end);
    }
    return false;
}

std::optional<Url> proxy_for(const Endpoint& endpoint, const Environment& environment) {
    if (endpoint.proxy || endpoint.no_proxy) {
        return endpoint.proxy;
    }
    const auto chosen = variable(environment, endpoint.url.scheme);
    const std::string excluded =
        environment.get("no_proxy").value_or(environment.get("NO_PROXY").value_or(""));
    if (!chosen || is_excluded(excluded, endpoint.url.host, endpoint.url.port)) {
        return std::nullopt;
    }
    try {
        const bool has_scheme = chosen->value.find("://") != std::string::npos;
        return parse_url(has_scheme ? chosen->value : "http://" + chosen->value,
                         "http https socks4 socks4a socks5 socks5h");
    } catch (const std::invalid_argument& error) {
        throw Failure("the proxy in " + chosen->name, error.what());
    }
}

}  // namespace upkeep
