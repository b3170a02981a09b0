// The one HTTP client, as its callers see it. Straight blocking code; many at once by parallel().
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "core/limits.h"
#include "net/endpoint.h"

namespace upkeep {

struct HttpRequest {
    const Endpoint* endpoint = nullptr;  // its URL, sign-in, proxy, authorities, timeout
    std::string path;   // behind the endpoint's own: "/api/v1/stemcells/x", or empty
    std::string query;  // "all=1", or empty
    std::size_t body_limit = limits::document_bytes;

    Url url() const { return endpoint->url.at(path, query); }
};

struct HttpReply {
    long status = 0;
    std::string body;
    std::string content_type;
    int tries = 1;
    std::optional<std::chrono::seconds> asks_to_wait;  // Retry-After
};

class Http {
  public:
    Http() = default;
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;
    virtual ~Http() = default;

    // Any status is a reply, after the retries that it calls for (retry.h). Where no whole reply
    // came, throws Failure("getting <URL without secrets>", reason and number of tries, what to
    // do); Stopped for a stop. From any thread.
    virtual HttpReply get(const HttpRequest& request) = 0;
};

// The body of a 200; throws Failure as get() does for any other status.
std::string get_body(Http& http, const HttpRequest& request);

}  // namespace upkeep
