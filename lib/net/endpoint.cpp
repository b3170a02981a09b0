#include "net/endpoint.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "net/ssh_private_key.h"

namespace upkeep {

namespace {

constexpr std::string_view proxy_schemes = "http https socks5 socks5h ssh+socks5";

Url parse_proxy(const std::string& text) {
    Url proxy = parse_url(text, proxy_schemes);
    if (is_jumpbox(proxy) && !proxy.username) {
        throw std::invalid_argument("it names no user, wanted: ssh+socks5://USER@HOST:22");
    }
    if (is_jumpbox(proxy) && proxy.password) {
        throw std::invalid_argument("it holds a password, wanted: a private key, as proxy_key");
    }
    return proxy;
}

void set_proxy(Endpoint& endpoint, const std::string& text) {
    if (text == "none") {
        endpoint.no_proxy = true;
    } else {
        endpoint.proxy = parse_proxy(text);
    }
}

std::optional<Secret> read_proxy_key(Fields& fields) {
    auto key = fields.secret("proxy_key");
    if (key) {
        if (const auto problem = problem_of_private_key(*key)) {
            throw fields.wrong("proxy_key", *problem);
        }
    }
    return key;
}

std::optional<SshHostKeys> read_proxy_host_key(Fields& fields) {
    const auto text = fields.text("proxy_host_key");
    try {
        return text ? std::optional(parse_ssh_host_keys(*text)) : std::nullopt;
    } catch (const std::invalid_argument& error) {
        throw fields.wrong("proxy_host_key", error.what());
    }
}

void check_ca_cert(const Fields& fields, const std::optional<std::string>& ca_cert) {
    if (ca_cert && ca_cert->find("-----BEGIN CERTIFICATE-----") == std::string::npos &&
        ca_cert->find("-----BEGIN TRUSTED CERTIFICATE-----") == std::string::npos) {
        throw fields.wrong("ca_cert", "it holds no certificate in PEM",
                           "It is the certificate itself, not the path of a file.");
    }
}

void check_header_text(const Fields& fields, std::string_view key,
                       const std::optional<Secret>& secret) {
    if (secret &&
        secret->reveal().find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
        throw fields.wrong(key, "it holds a line break", "Was it filled from a file with one?");
    }
}

// "::1", which without brackets looks like a host and a port.
bool is_bare_ipv6(const std::string& text) {
    return std::count(text.begin(), text.end(), ':') > 1 &&
           text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
}

Url url_of(const std::string& text, const EndpointShape& shape) {
    if (shape.port.empty()) {
        return parse_url(text);
    }
    const bool bare = text.find("://") == std::string::npos;
    const std::string host = is_bare_ipv6(text) ? "[" + text + "]" : text;
    return parse_url(bare ? "https://" + host : text, "https", shape.port);
}

Endpoint endpoint_at(Url url, const EndpointDefaults& defaults) {
    Endpoint endpoint;
    endpoint.url = std::move(url);
    endpoint.username = std::exchange(endpoint.url.username, std::nullopt);
    endpoint.password = std::exchange(endpoint.url.password, std::nullopt);
    endpoint.ca_cert = defaults.ca_cert;
    endpoint.proxy_key = defaults.proxy_key;
    endpoint.proxy_host_key = defaults.proxy_host_key;
    if (defaults.proxy) {
        set_proxy(endpoint, *defaults.proxy);
    }
    return endpoint;
}

void read_timeout(Fields& block, Endpoint& endpoint) {
    if (const auto timeout = block.duration("timeout")) {
        if (*timeout < std::chrono::seconds(1) || *timeout > limits::longest_timeout) {
            throw block.wrong("timeout",
                              "it is not between 1s and " + to_text(limits::longest_timeout));
        }
        endpoint.timeout = *timeout;
        endpoint.silence = std::max(limits::silence_time, *timeout);
    }
}

void read_client(Fields& block, Endpoint& endpoint) {
    if (auto client = block.text("client")) {
        if (endpoint.username) {
            throw block.wrong("client", "there is a username too", "Give one way to sign in.");
        }
        endpoint.username = std::move(client);
        endpoint.as_client = true;
    }
    if (auto secret = block.secret("client_secret")) {
        if (!endpoint.as_client) {
            throw block.missing("client");
        }
        endpoint.password = std::move(secret);
    }
    endpoint.refresh_token = block.secret("refresh_token");
    if (endpoint.refresh_token && endpoint.as_client) {
        throw block.wrong("refresh_token", "there is a client too", "Give one way to sign in.");
    }
}

void read_sign_in(Fields& block, Endpoint& endpoint, const EndpointShape& shape) {
    if (auto username = block.text("username")) {
        endpoint.username = std::move(username);
    }
    if (auto password = block.secret("password")) {
        endpoint.password = std::move(password);
    }
    if (shape.clients) {
        read_client(block, endpoint);
    } else {
        endpoint.token = block.secret("token");
    }
    check_header_text(block, "token", endpoint.token);
    check_header_text(block, endpoint.as_client ? "client_secret" : "password", endpoint.password);
    if (endpoint.token && endpoint.username) {
        throw block.wrong("token", "there is a username too", "Give one way to sign in.");
    }
    if (endpoint.username.has_value() != endpoint.password.has_value()) {
        throw block.missing(!endpoint.username   ? "username"
                            : endpoint.as_client ? "client_secret"
                                                 : "password");
    }
}

Endpoint read_place(Fields& block, const EndpointDefaults& defaults, const EndpointShape& shape) {
    if (shape.url_may_lack && !block.has("url")) {
        return endpoint_at({}, defaults);
    }
    const std::string url = block.required_text("url");
    try {
        return endpoint_at(url_of(url, shape), defaults);
    } catch (const std::invalid_argument& error) {
        throw block.wrong("url", error.what());
    }
}

Endpoint read_block(Fields& block, const EndpointDefaults& defaults, const EndpointShape& shape) {
    Endpoint endpoint = read_place(block, defaults, shape);
    read_sign_in(block, endpoint, shape);
    if (auto ca_cert = block.text("ca_cert")) {
        endpoint.ca_cert = std::move(ca_cert);
        check_ca_cert(block, endpoint.ca_cert);
    }
    if (const auto proxy = block.text("proxy")) {
        endpoint.proxy.reset();
        try {
            set_proxy(endpoint, *proxy);
        } catch (const std::invalid_argument& error) {
            throw block.wrong("proxy", error.what());
        }
    }
    if (auto key = read_proxy_key(block)) {
        endpoint.proxy_key = std::move(key);
    }
    if (auto key = read_proxy_host_key(block)) {
        endpoint.proxy_host_key = std::move(key);
    }
    read_timeout(block, endpoint);
    return endpoint;
}

}  // namespace

EndpointDefaults read_endpoint_defaults(Fields& source) {
    EndpointDefaults defaults{source.text("ca_cert"), source.text("proxy"), read_proxy_key(source),
                              read_proxy_host_key(source)};
    check_ca_cert(source, defaults.ca_cert);
    if (defaults.proxy && *defaults.proxy != "none") {
        try {
            parse_proxy(*defaults.proxy);
        } catch (const std::invalid_argument& error) {
            throw source.wrong("proxy", error.what());
        }
    }
    return defaults;
}

Endpoint plain_endpoint(const std::string& url, const EndpointDefaults& defaults,
                        const EndpointShape& shape) {
    Endpoint endpoint = endpoint_at(url_of(url, shape), defaults);
    if (endpoint.username && !endpoint.password) {
        endpoint.password = Secret("");
    }
    return endpoint;
}

std::optional<Endpoint> read_endpoint(Fields& source, std::string_view key,
                                      const EndpointDefaults& defaults,
                                      const EndpointShape& shape) {
    const json::value* value = source.raw(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_string()) {
        try {
            return plain_endpoint(source.required_text(key), defaults, shape);
        } catch (const std::invalid_argument& error) {
            throw source.wrong(key, error.what());
        }
    }
    std::optional<Endpoint> endpoint;
    source.object(key, [&](Fields& block) { endpoint = read_block(block, defaults, shape); });
    return endpoint;
}

}  // namespace upkeep
