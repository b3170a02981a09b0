#include "answer.h"

#include <doctest/doctest.h>

namespace standin {
namespace {

Arrival get() {
    Arrival arrival;
    arrival.method = "GET";
    return arrival;
}

Reply saying(const std::string& body) {
    Reply reply;
    reply.path = "/";
    reply.body = body;
    return reply;
}

}  // namespace

TEST_CASE("stand-in: an orderly answer") {
    Reply reply = saying("hello");
    reply.status = 503;
    reply.headers = {{"Retry-After", "1"}};
    const Answer answer = answer_of(reply, get(), true);
    CHECK(answer.bytes ==
          "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 5\r\n\r\nhello");
    CHECK_FALSE(answer.ends);
    Arrival head = get();
    head.method = "HEAD";
    CHECK(answer_of(reply, head, true).bytes.ends_with("Content-Length: 5\r\n\r\n"));
}

TEST_CASE("stand-in: in chunks, cut off, with a length that lies") {
    Reply reply = saying("hello");
    reply.chunked = true;
    CHECK(answer_of(reply, get(), true).bytes.ends_with("\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
    Reply cut = saying("hello");
    cut.cut_after = 2;
    CHECK(answer_of(cut, get(), true).bytes.ends_with("Content-Length: 5\r\n\r\nhe"));
    CHECK(answer_of(cut, get(), true).ends);
    Reply liar = saying("hello");
    liar.headers = {{"content-length", "9"}};
    CHECK(answer_of(liar, get(), true).bytes ==
          "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello");
}

TEST_CASE("stand-in: no answer at all, and one that is not HTTP") {
    Reply reset = saying("hello");
    reset.cut.fault = Fault::reset;
    CHECK(answer_of(reset, get(), true).bytes.empty());
    CHECK(answer_of(reset, get(), true).fault == Fault::reset);
    reset.cut.after = 8;
    CHECK(answer_of(reset, get(), true).bytes == "HTTP/1.1");
    reset.cut.after = 1000;
    CHECK(answer_of(reset, get(), true).bytes.ends_with("\r\n\r\nhell"));
    Reply raw = saying("");
    raw.raw = "garbage";
    CHECK(answer_of(raw, get(), true).bytes == "garbage");
    CHECK(answer_of(raw, get(), true).ends);
}

TEST_CASE("stand-in: what has no end") {
    Reply reply = saying("");
    reply.endless = Endless::chunks;
    CHECK(answer_of(reply, get(), true).bytes.ends_with("chunked\r\n\r\n"));
    CHECK(answer_of(reply, get(), true).endless.starts_with("3e8\r\n   "));
    CHECK(answer_of(reply, get(), true).endless.size() == 5 + 1000 + 2);
}

}  // namespace standin
