#include "net/http.h"

#include <doctest/doctest.h>

#include <string>

namespace {

// The endpoint and its request, where the server repeats a secret of either.
struct Asked {
    Asked() { request.endpoint = &endpoint; }
    std::string quoted(const std::string& said) const {
        return upkeep::quoted_reply(said, request);
    }

    upkeep::Endpoint endpoint;
    upkeep::HttpRequest request;
};

}  // namespace

TEST_CASE("what a server said is quoted, but no page") {
    const Asked asked;
    CHECK(asked.quoted(" down\n") == ": down");
    CHECK(asked.quoted("<html>down</html>").empty());
}

TEST_CASE("what may be repeated is what HTTP says, or the request itself") {
    upkeep::HttpRequest request;
    CHECK(request.may_be_repeated());
    request.repeatable = false;
    CHECK_FALSE(request.may_be_repeated());
    upkeep::HttpRequest post;
    post.method = "POST";
    CHECK_FALSE(post.may_be_repeated());
    post.repeatable = true;
    CHECK(post.may_be_repeated());
}

TEST_CASE("where a redirect leads is shown without what may be secret") {
    const auto shown = [](const std::string& location) {
        upkeep::HttpReply reply;
        reply.location = location;
        return upkeep::shown_location(reply);
    };
    CHECK(shown("https://me:pw@sso.test/login?state=s3cr3t") == "https://sso.test/login");
    CHECK(shown("") == "nowhere");
    CHECK(shown("https://") == "what is no URL");
}

TEST_CASE("a reply that repeats a secret is not quoted") {
    Asked asked;
    SUBCASE("a password") {
        asked.endpoint.username = "me";
        asked.endpoint.password = upkeep::Secret("pass/word\"x");
        CHECK(asked.quoted("got pass/word\"x").empty());
        CHECK(asked.quoted("got pass%2Fword%22x").empty());
        CHECK(asked.quoted("got Basic bWU6cGFzcy93b3JkIng=").empty());
        CHECK(asked.quoted(R"({"got": "pass\/word\"x"})").empty());
        CHECK(asked.quoted(R"(bad form: {"got": "\u0070ass\/word\"x")").empty());
    }
    SUBCASE("however short") {
        asked.endpoint.password = upkeep::Secret("pw");
        CHECK(asked.quoted("got pw").empty());
    }
    SUBCASE("a token") {
        asked.endpoint.token = upkeep::Secret("a-token");
        CHECK(asked.quoted("got a-token").empty());
    }
    SUBCASE("a refresh token") {
        asked.endpoint.refresh_token = upkeep::Secret("a-token");
        CHECK(asked.quoted("got a-token").empty());
    }
    SUBCASE("one of its body") {
        asked.request.secrets = {upkeep::Secret("a-token")};
        CHECK(asked.quoted("got a-token").empty());
    }
    SUBCASE("the query") {
        asked.endpoint.url.query = "key=a/b";
        CHECK(asked.quoted("got /list?key=a/b").empty());
        CHECK(asked.quoted(R"(got "\/list?key=a\/b")").empty());
    }
}
