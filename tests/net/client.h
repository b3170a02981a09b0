// The real HTTP client, as main makes it, with a stop of its own.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/failure.h"
#include "net/curl_http.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/stop.h"

struct Client {
    upkeep::Stop stop;
    upkeep::SystemClock clock;
    upkeep::Environment environment{{}};
    upkeep::CurlHttp http{environment, clock, stop};

    // What send() said went wrong, or "fine".
    std::string failure(const upkeep::HttpRequest& request) {
        try {
            http.send(request);
            return "fine";
        } catch (const upkeep::Failure& failure) {
            return failure.what();
        }
    }
};

// The request with its endpoint, which it points to.
struct Request {
    explicit Request(const std::string& url, const upkeep::EndpointDefaults& defaults = {})
        : endpoint(upkeep::plain_endpoint(url, defaults)) {
        http.endpoint = &endpoint;
    }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    upkeep::Endpoint endpoint;
    upkeep::HttpRequest http;
};
