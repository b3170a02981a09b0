// Bodies in both directions: streamed, limited, repeated only where that is right.
#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/net/client.h"
#include "tests/net/scripted_server.h"

using namespace std::chrono_literals;
using upkeep::HttpReply;
using upkeep::limits::document_bytes;

namespace {

std::string answer(const std::string& status, const std::string& body,
                   const std::string& headers = "") {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()), '\0');
    std::string input = text;  // zlib's type is not const
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

// A body of so many bytes, made on the way.
class Letters : public upkeep::BodySource {
  public:
    Letters(std::uint64_t size, bool is_known) : size_(size), is_known_(is_known) {}

    std::optional<std::uint64_t> size() const override {
        return is_known_ ? std::optional(size_) : std::nullopt;
    }
    void rewind() override {
        given_ = 0;
        ++begun;
    }
    std::size_t read(char* to, std::size_t most) override {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(most, size_ - given_));
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = static_cast<char>('a' + (given_ + i) % 26);
        }
        given_ += count;
        return count;
    }
    std::string all() {
        std::string text(size_, '\0');
        given_ = 0;
        read(text.data(), text.size());
        return text;
    }

    int begun = 0;

  private:
    std::uint64_t size_;
    bool is_known_;
    std::uint64_t given_ = 0;
};

struct BrokenBody : Letters {
    BrokenBody() : Letters(1'000'000, true) {}
    std::size_t read(char*, std::size_t) override {
        throw upkeep::Failure("reading the file", "its disk is gone");
    }
};

std::string unchunked(const std::string& text) {
    std::string body;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::stoul(text.substr(at, text.find('\r', at) - at), nullptr, 16);
        body += text.substr(text.find('\n', at) + 1, size);
        at = text.find('\n', at) + 1 + size + 2;
    }
    return body;
}

}  // namespace

TEST_CASE("a body of known size is sent from its source, and from its beginning for another try") {
    Letters body(300'000, true);
    std::vector<std::string> heard;
    ScriptedServer server([&](const Peer& peer, int connection) {
        const std::string head = peer.hear_head();
        CHECK(head.find("Content-Length: 300000\r\n") != std::string::npos);
        CHECK(head.find("Expect:") == std::string::npos);
        heard.push_back(peer.hear(300'000));
        peer.say(
            answer(connection == 1 ? "503 Busy" : "200 OK", "stored", "Connection: close\r\n"));
    });
    Client client;
    Request request(server.url());
    request.http.method = "PUT";
    request.http.body_source = &body;
    request.http.retry.first_wait = 1ms;
    const HttpReply reply = client.http.send(request.http);
    CHECK(reply.body == "stored");
    CHECK(reply.tries == 2);
    CHECK(body.begun == 2);
    const std::string all = body.all();
    CHECK(heard == std::vector<std::string>{all, all});
}

TEST_CASE("a body of unknown size is sent in chunks") {
    Letters body(100'000, false);
    std::string heard;
    ScriptedServer server([&](const Peer& peer, int) {
        CHECK(peer.hear_head().find("Transfer-Encoding: chunked\r\n") != std::string::npos);
        heard = unchunked(peer.hear_until("\r\n0\r\n\r\n"));
        peer.say(answer("200 OK", "stored"));
    });
    Client client;
    Request request(server.url());
    request.http.method = "POST";
    request.http.body_source = &body;
    CHECK(client.http.send(request.http).body == "stored");
    CHECK(heard == body.all());
}

TEST_CASE("what a body's source throws leaves send, once") {
    ScriptedServer server([](const Peer& peer, int) { peer.hear_the_end(); });
    Client client;
    BrokenBody body;
    Request request(server.url());
    request.http.method = "PUT";
    request.http.body_source = &body;
    CHECK(client.failure(request.http) == "reading the file: its disk is gone");
    CHECK(server.connections() <= 1);  // 0 while it has not noticed
}

TEST_CASE("a reply's body comes piece by piece, in the caller's thread, and may be slow to eat") {
    const std::string sent = Letters(3'000'000, true).all();
    ScriptedServer server([&](const Peer& peer, int) {
        peer.hear_head();
        peer.say(answer("200 OK", sent));
    });
    Client client;
    Request request(server.url());
    request.http.body_limit = upkeep::limits::none;
    std::string received;
    const std::thread::id caller = std::this_thread::get_id();
    request.http.on_body = [&](std::string_view piece) {
        CHECK(std::this_thread::get_id() == caller);
        CHECK(piece.size() <= 2 * upkeep::limits::waiting_bytes);
        received += piece;
    };
    const HttpReply reply = client.http.send(request.http);
    CHECK(reply.status == 200);
    CHECK(reply.body.empty());
    CHECK(received == sent);
}

TEST_CASE("while one caller is busy with its piece, the others get their answers") {
    ScriptedServer server([&](const Peer& peer, int) {
        peer.hear_head();
        peer.say(answer("200 OK", std::string(5'000'000, 'x'), "Connection: close\r\n"));
    });
    Client client;
    Request request(server.url());
    std::size_t received = 0;
    int others = 0;
    request.http.on_body = [&](std::string_view piece) {
        received += piece.size();
        if (others++ < 20) {
            Request other(server.url());
            CHECK(client.http.send(other.http).body.size() == 5'000'000);
        }
    };
    client.http.send(request.http);
    CHECK(received == 5'000'000);
    CHECK(others > 5);
}

TEST_CASE("what takes the body may throw, which ends the transfer") {
    ScriptedServer server([](const Peer& peer, int) {
        peer.hear_head();
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
        peer.hear_the_end();
    });
    Client client;
    Request request(server.url());
    request.http.on_body = [](std::string_view) { throw std::runtime_error("enough"); };
    CHECK_THROWS_WITH_AS(client.http.send(request.http), "enough", std::runtime_error);
    CHECK(server.connections() == 1);
}

TEST_CASE("a reply of which something has been taken is not asked for again") {
    ScriptedServer server([](const Peer& peer, int) {
        peer.hear_head();
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
    });
    Client client;
    Request request(server.url());
    request.http.retry.first_wait = 1ms;
    std::string received;
    request.http.on_body = [&](std::string_view piece) { received += piece; };
    CHECK(client.failure(request.http).find("the answer was cut off") != std::string::npos);
    CHECK(received == "hello");
    CHECK(server.connections() == 1);
}

TEST_CASE("only a success goes to what takes the body; a refusal is read as ever, and passes") {
    ScriptedServer server([](const Peer& peer, int connection) {
        peer.hear_head();
        peer.say(connection == 1 ? answer("503 Busy", "later", "Connection: close\r\n")
                                 : answer("404 Not Found", "no such log"));
    });
    Client client;
    Request request(server.url());
    request.http.retry.first_wait = 1ms;
    std::string received;
    request.http.on_body = [&](std::string_view piece) { received += piece; };
    const HttpReply reply = client.http.send(request.http);
    CHECK(reply.status == 404);
    CHECK(reply.body == "no such log");
    CHECK(received.empty());
}

TEST_CASE("the limit counts what a packed answer unpacks to, wherever it goes") {
    const std::string bomb = gzipped(std::string(document_bytes + 1, '\0'));
    CHECK(bomb.size() < 200'000);
    ScriptedServer server([&](const Peer& peer, int) {
        peer.hear_head();
        peer.say(answer("200 OK", bomb, "Content-Encoding: gzip\r\n"));
        peer.hear_the_end();
    });
    Client client;
    Request request(server.url());
    SUBCASE("in memory") {
        CHECK(client.failure(request.http).find("the answer is larger than 64 MiB") !=
              std::string::npos);
    }
    SUBCASE("piece by piece") {
        std::size_t received = 0;
        request.http.on_body = [&](std::string_view piece) { received += piece.size(); };
        CHECK(client.failure(request.http).find("the answer is larger than 64 MiB") !=
              std::string::npos);
        CHECK(received <= document_bytes);
    }
    SUBCASE("none where the caller says so") {
        std::size_t received = 0;
        request.http.body_limit = upkeep::limits::none;
        request.http.on_body = [&](std::string_view piece) { received += piece.size(); };
        CHECK(client.failure(request.http) == "fine");
        CHECK(received == document_bytes + 1);
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("what must not be done twice is sent once, though a kept connection turns out dead") {
    std::atomic<int> posts = 0;
    ScriptedServer server([&](const Peer& peer, int) {
        while (true) {
            const std::string head = peer.hear_head();
            if (head.starts_with("GET")) {
                peer.say(answer("200 OK", "kept open"));
                continue;
            }
            posts += head.starts_with("POST") ? 1 : 0;
            return;  // says nothing
        }
    });
    Client client;
    Request first(server.url());
    CHECK(client.http.send(first.http).body == "kept open");
    Request post(server.url());
    post.http.method = "POST";
    CHECK(client.failure(post.http).find("the answer was cut off") != std::string::npos);
    CHECK(posts == 1);
}
