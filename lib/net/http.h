// The one HTTP client, as its callers see it. Straight blocking code; many at once by parallel().
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/failure.h"
#include "core/limits.h"
#include "net/endpoint.h"
#include "net/retry.h"

namespace upkeep {

struct HttpHeader {
    std::string name;
    std::string value;  // without line breaks
};

struct HttpRequest {
    const Endpoint* endpoint = nullptr;  // its URL, sign-in, proxy, authorities, timeout
    std::string method = "GET";
    std::string path;                 // behind the endpoint's own: "/api/v1/stemcells/x", or empty
    std::string query;                // "all=1", or empty
    std::vector<HttpHeader> headers;  // besides those of the sign-in
    std::string body;
    std::size_t body_limit = limits::document_bytes;  // of the reply
    bool follow_redirects = true;  // of a GET; the sign-in goes to no other host or port
    // Of a POST or PATCH: sent twice it does what it does once. Others than these are by
    // definition; what is not is tried again only where nothing was sent.
    bool repeatable = false;
    RetryPolicy retry = usual_retries;

    bool may_be_repeated() const { return repeatable || (method != "POST" && method != "PATCH"); }
    std::string doing() const;  // "getting <URL without secrets>", "posting to ..."
    Url url() const { return endpoint->url.at(path, query); }
};

struct HttpReply {
    long status = 0;
    std::string body;
    std::string content_type;
    std::string location;  // of a redirect that was not followed, made absolute
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
    // came, throws Failure(request.doing(), reason and number of tries, what to do); Stopped for a
    // stop. From any thread.
    virtual HttpReply send(const HttpRequest& request) = 0;
};

// The body of a 200; throws unexpected_status() for any other.
std::string get_body(Http& http, const HttpRequest& request);
std::string body_of_200(HttpReply reply, const HttpRequest& request);
// What a reply with such a status says, and what to do about it.
Failure unexpected_status(const HttpReply& reply, const HttpRequest& request);

}  // namespace upkeep
