#include "settings.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace standin {
namespace {

Settings with_reply(const std::string& reply) {
    return parse_settings(R"({"folder": "f", "servers": [{"name": "a", "replies": [)" + reply +
                          "]}]}");
}

std::string body_of(const std::string& reply) {
    return with_reply(reply).servers.at(0).replies.at(0).body;
}

}  // namespace

TEST_CASE("stand-in: a body is given in one of several ways") {
    CHECK(body_of(R"({"path": "/", "body": "x"})") == "x");
    CHECK(body_of(R"({"path": "/", "json": {"a": [1]}})") == R"({"a":[1]})");
    CHECK(body_of(R"({"path": "/", "body_base64": "aGVsbG8="})") == "hello");
    CHECK(body_of(R"({"path": "/", "body_repeated": {"text": "ab", "times": 3}})") == "ababab");
}

TEST_CASE("stand-in: lies") {
    const Reply reply = with_reply(R"({"path": "/", "fault": "hang", "after": "12", "gzip": true,
        "body": "hello", "pace": {"bytes": 1, "ms": 5}})")
                            .servers.at(0)
                            .replies.at(0);
    CHECK(reply.cut.fault == Fault::hang);
    CHECK(reply.cut.after == 12);
    CHECK(reply.pace.pause == std::chrono::milliseconds(5));
    CHECK(reply.body.starts_with("\x1f\x8b"));
    CHECK(reply.headers == Headers{{"Content-Encoding", "gzip"}});
    CHECK_THROWS_WITH_AS(with_reply(R"({"path": "/", "fault": "x"})"),
                         "settings.servers[0].replies[0].fault: must be one of close, reset, hang",
                         std::runtime_error);
    CHECK_THROWS_AS(with_reply(R"({"path": "/", "after": "1x"})"), std::runtime_error);
}

TEST_CASE("stand-in: what it does not know, it refuses, with the place") {
    CHECK_THROWS_WITH_AS(with_reply(R"({"path": "/", "staus": 200})"),
                         "settings.servers[0].replies[0].staus: is not known", std::runtime_error);
    CHECK_THROWS_WITH_AS(with_reply(R"({"path": 1})"),
                         "settings.servers[0].replies[0].path: has the wrong type: 1",
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(with_reply(R"({"status": 200})"),
                         "settings.servers[0].replies[0].path: is missing", std::runtime_error);
    CHECK_THROWS_AS(with_reply(R"({"path": "/", "body_base64": "*"})"), std::runtime_error);
}

}  // namespace standin
