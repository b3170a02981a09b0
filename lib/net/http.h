// The one HTTP client, as its callers see it. Straight blocking code; many at once by parallel().
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/failure.h"
#include "core/limits.h"
#include "core/moment.h"
#include "core/secret.h"
#include "net/endpoint.h"
#include "net/retry.h"

namespace upkeep {

struct HttpHeader {
    std::string name;
    std::string value;  // without line breaks
};

// The body of a request that is not held in memory. Called in the thread of all transfers, while
// send() waits, so it must be quick; what it throws ends the transfer and leaves send().
class BodySource {
  public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    virtual ~BodySource() = default;

    virtual std::optional<std::uint64_t> size() const = 0;     // where it is known beforehand
    virtual void rewind() = 0;                                 // before each try
    virtual std::size_t read(char* to, std::size_t most) = 0;  // 0 at its end
};

struct HttpRequest {
    const Endpoint* endpoint = nullptr;  // its URL, sign-in, proxy, authorities, timeout
    std::string method = "GET";
    std::string path;   // behind the endpoint's own: "/api/v1/stemcells/x", or empty
    std::string query;  // "all=1", or empty
    // Besides those of the sign-in. Authorization and Cookie follow no redirect to another host,
    // port or scheme, others do: a secret in one wants follow_redirects = false.
    std::vector<HttpHeader> headers;
    std::string body;
    BodySource* body_source = nullptr;  // instead of `body`
    // More headers, made for each try: a signature.
    std::function<std::vector<HttpHeader>(Moment now)> sign;
    std::size_t body_limit = limits::document_bytes;  // of the reply, unpacked; or limits::none
    // Gets the body of a 2xx piece by piece, in the thread that called send(), instead of
    // HttpReply::body. While it is busy the server is kept waiting; what it throws ends the
    // transfer and leaves send(). Once it has got something there is no other try.
    std::function<void(std::string_view piece)> on_body;
    std::optional<std::chrono::seconds> silence;  // instead of the endpoint's
    bool endless = false;          // a stream of events: the endpoint's timeout does not hold
    bool follow_redirects = true;  // of a GET; the sign-in goes to no other host, port or scheme
    // Whether it does, sent twice, what it does once. By default what HTTP says: all but POST and
    // PATCH. What does not is tried again only where nothing was sent.
    std::optional<bool> repeatable;
    RetryPolicy retry = usual_retries;

    std::string wanted_header;    // of the reply: HttpReply::header
    std::string purpose;          // in place of doing()'s own words
    std::vector<Secret> secrets;  // in the body, or configured: a reply with one is not quoted

    bool may_be_repeated() const {
        return repeatable.value_or(method != "POST" && method != "PATCH");
    }
    std::string doing() const;  // "getting <URL without secrets>", "posting to ..."
    Url url() const { return endpoint->url.at(path, query); }
};

struct HttpReply {
    long status = 0;
    std::string body;
    std::string content_type;
    std::string location;               // of a redirect that was not followed, made absolute
    std::optional<std::string> header;  // the one that the request wanted, if it came
    bool says_its_end = true;  // by a length or in chunks; else one that was cut looks whole
    std::string proxy;  // without secrets: one that may have answered itself, which does not show
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
// Where a redirect that was not followed leads, without the query, which may hold a secret.
std::string shown_location(const HttpReply& reply);
// ": " and the beginning of what the server said, for a message; empty for a page, and where it
// repeats a secret of the request.
std::string quoted_reply(std::string_view said, const HttpRequest& request);

}  // namespace upkeep
