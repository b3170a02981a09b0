#include "atc/concourse.h"

#include <doctest/doctest.h>

#include <string>

#include "net/url.h"

using namespace upkeep;

namespace {

struct Server : Http {
    long status = 204;
    std::string asked;

    HttpReply send(const HttpRequest& request) override {
        asked += request.method + " " + request.path + " ";
        HttpReply reply;
        reply.status = status;
        reply.header = "8.2.5";
        return reply;
    }
};

bool aborts(Server& server) {
    Endpoint endpoint;
    endpoint.url = parse_url("https://ci.example.com");
    endpoint.token = Secret("t");
    return atc::Concourse(endpoint, server).abort_build(7);
}

}  // namespace

TEST_CASE("a build is aborted") {
    Server server;
    CHECK(aborts(server));
    CHECK(server.asked == "PUT /api/v1/builds/7/abort ");
    server.status = 404;
    CHECK_FALSE(aborts(server));
    server.status = 403;
    CHECK_THROWS_AS(aborts(server), atc::Refused);
    server.status = 500;
    CHECK_THROWS_AS(aborts(server), Failure);
}
