// What a SOCKS proxy said instead of letting a request through, in plain words.
#pragma once

#include <curl/curl.h>

#include <string>

namespace upkeep {

struct SocksFailure {
    std::string why;
    std::string advice;
    bool may_pass = false;
};

// `target` is where it should have connected to, "10.0.0.6:25555", `proxy` its URL without secrets.
SocksFailure socks_failure(CURLproxycode code, const std::string& target, const std::string& proxy);

}  // namespace upkeep
