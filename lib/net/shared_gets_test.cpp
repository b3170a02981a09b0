#include "net/shared_gets.h"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

#include "core/failure.h"
#include "net/parallel.h"

namespace {

class Counting : public upkeep::Http {
  public:
    upkeep::HttpReply send(const upkeep::HttpRequest& request) override {
        ++asked;
        if (request.path == "/down") {
            throw upkeep::Failure("getting it", "it is down", "");
        }
        upkeep::HttpReply reply;
        reply.status = 200;
        reply.body = "body of " + request.url().text();
        return reply;
    }

    std::atomic<int> asked = 0;
};

upkeep::Endpoint endpoint(const std::string& url) {
    return upkeep::plain_endpoint(url, {});
}

upkeep::HttpRequest request(const upkeep::Endpoint& endpoint, const std::string& path) {
    upkeep::HttpRequest request;
    request.endpoint = &endpoint;
    request.path = path;
    return request;
}

}  // namespace

TEST_CASE("equal gets are asked once, by however many at once") {
    Counting http;
    upkeep::SharedGets shared(http);
    const std::vector<int> many(64);
    const auto bodies = upkeep::parallel(many, 8, [&](int) {
        const upkeep::Endpoint own = endpoint("https://bosh.io");
        return shared.send(request(own, "/list")).body;
    });
    CHECK(http.asked == 1);
    CHECK(bodies == std::vector<std::string>(many.size(), "body of https://bosh.io/list"));
}

TEST_CASE("a failure is shared too") {
    Counting http;
    upkeep::SharedGets shared(http);
    const upkeep::Endpoint bosh_io = endpoint("https://bosh.io");
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_WITH_AS(shared.send(request(bosh_io, "/down")),
                             doctest::Contains("it is down"), upkeep::Failure);
    }
    CHECK(http.asked == 1);
}

TEST_CASE("whatever the answer may depend on tells gets apart") {
    Counting http;
    upkeep::SharedGets shared(http);
    std::vector<upkeep::Endpoint> endpoints(9, endpoint("https://bosh.io"));
    endpoints[1].username = "me";
    endpoints[2].password = upkeep::Secret("pw");
    endpoints[3].token = upkeep::Secret("pw");
    endpoints[4].ca_cert = "pw";
    endpoints[5].proxy = upkeep::parse_url("http://proxy:3128");
    endpoints[6].proxy = upkeep::parse_url("http://me@proxy:3128");
    endpoints[7].no_proxy = true;
    endpoints[8].timeout = std::chrono::seconds(1);
    for (const upkeep::Endpoint& each : endpoints) {
        shared.send(request(each, "/list"));
    }
    shared.send(request(endpoints[0], "/other"));
    CHECK(http.asked == 10);
}
