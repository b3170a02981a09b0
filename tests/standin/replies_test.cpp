#include "replies.h"

#include <doctest/doctest.h>

namespace standin {
namespace {

Reply reply_to(const std::string& path) {
    Reply reply;
    reply.path = path;
    return reply;
}

Arrival get(const std::string& target) {
    Arrival arrival;
    arrival.method = "GET";
    arrival.target = target;
    return arrival;
}

}  // namespace

TEST_CASE("stand-in: the first reply that fits and has times left is given") {
    Reply busy = reply_to("/a");
    busy.times = 2;
    Replies replies({busy, reply_to("/a")});
    CHECK(replies.choose(get("/a")) == 0U);
    CHECK(replies.choose(get("/a?x=1")) == 0U);
    CHECK(replies.choose(get("/a")) == 1U);
    CHECK_FALSE(replies.choose(get("/ab")).has_value());
}

TEST_CASE("stand-in: a cut comes later each time") {
    Reply cut = reply_to("/a");
    cut.cut = {Fault::close, 10, 2};
    Replies replies({cut});
    replies.choose(get("/a"));
    CHECK(replies.at(0).cut.after == 10);
    replies.choose(get("/a"));
    CHECK(replies.at(0).cut.after == 12);
}

TEST_CASE("stand-in: replies are chosen by method, prefix, query and headers") {
    Reply post = reply_to("/a");
    post.method = "POST";
    Reply prefix = reply_to("/b/*");
    prefix.query = "all=1";
    Reply secret = reply_to("/c");
    secret.if_headers = {{"authorization", "Basic eA=="}};
    Replies replies({post, prefix, secret});
    CHECK_FALSE(replies.choose(get("/a")).has_value());
    CHECK_FALSE(replies.choose(get("/b/x")).has_value());
    CHECK(replies.choose(get("/b/x?all=1")) == 1U);
    CHECK_FALSE(replies.choose(get("/c")).has_value());
    Arrival allowed = get("/c");
    allowed.headers = {{"Authorization", "Basic eA=="}};
    CHECK(replies.choose(allowed) == 2U);
}

TEST_CASE("stand-in: what a proxy is asked for is a whole URL") {
    Replies replies({reply_to("/a"), reply_to("/")});
    CHECK(replies.choose(get("http://bosh.example:80/a")) == 0U);
    CHECK(replies.choose(get("http://bosh.example")) == 1U);
}

TEST_CASE("stand-in: addresses are filled in wherever they are sent") {
    Reply reply = reply_to("/");
    reply.body = "see ((here.url))";
    reply.headers = {{"Location", "((here.url))/x"}};
    Replies replies({reply});
    replies.fill("((here.url))", "http://127.0.0.1:1");
    CHECK(replies.at(0).body == "see http://127.0.0.1:1");
    CHECK(replies.at(0).headers[0].second == "http://127.0.0.1:1/x");
}

}  // namespace standin
