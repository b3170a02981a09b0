// One block of one shape for every service: where it is, as whom, by which way and whom to trust.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/fields.h"
#include "core/limits.h"
#include "core/secret.h"
#include "net/ssh_host_key.h"
#include "net/url.h"

namespace upkeep {

// What an endpoint takes from its source where it says nothing itself.
struct EndpointDefaults {
    std::optional<std::string> ca_cert;  // PEM
    std::optional<std::string> proxy;    // URL, or "none"
    // Of a jumpbox, ssh+socks5://.
    std::optional<Secret> proxy_key = std::nullopt;
    std::optional<SshHostKeys> proxy_host_key = std::nullopt;
};

// What differs between services.
struct EndpointShape {
    bool clients = false;        // it takes client and client_secret, as a UAA's services do
    std::string_view port = {};  // of https://HOST without a port; then a bare HOST will do too
    bool url_may_lack = false;   // then its host is empty
};

struct Endpoint {
    Url url;                 // without user and password
    bool as_client = false;  // username and password are a client and its secret
    std::optional<std::string> username;
    std::optional<Secret> password;
    std::optional<Secret> token;          // sent as a bearer token
    std::optional<Secret> refresh_token;  // of a person's earlier sign-in at a UAA
    std::optional<std::string> ca_cert;
    std::optional<Url> proxy;         // with its own user and password
    std::optional<Secret> proxy_key;  // private, for a jumpbox (ssh+socks5://)
    std::optional<SshHostKeys> proxy_host_key;
    bool no_proxy = false;  // proxy: none, whatever the environment says
    std::chrono::seconds timeout = limits::transfer_time;  // for one try
    std::chrono::seconds silence = limits::silence_time;   // without a byte ends it
};

// Reads `ca_cert`, `proxy`, `proxy_key` and `proxy_host_key` of a source.
EndpointDefaults read_endpoint_defaults(Fields& source);

// The endpoint under `key`: a URL as text, or a block. Nothing where it is absent. Throws Failure
// with the key's path for what is none.
std::optional<Endpoint> read_endpoint(Fields& source, std::string_view key,
                                      const EndpointDefaults& defaults,
                                      const EndpointShape& shape = {});

// As if it had been given as text.
Endpoint plain_endpoint(const std::string& url, const EndpointDefaults& defaults,
                        const EndpointShape& shape = {});

}  // namespace upkeep
