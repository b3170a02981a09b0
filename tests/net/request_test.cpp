// What a request carries where, how long it lasts, how many there are at once.
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "net/parallel.h"
#include "system/descriptor.h"
#include "tests/net/client.h"
#include "tests/net/scripted_server.h"

using namespace std::chrono_literals;
using upkeep::HttpHeader;

namespace {

std::string head(const std::string& status, const std::string& more = "") {
    return "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + more + "\r\n";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Sends the request to a server that redirects it to another name for itself, or to another port.
struct Redirection {
    std::string first;
    std::string second;

    Redirection(bool other_port, const std::function<void(Request&)>& sign_in) {
        const auto answer_at_last = [this](const Peer& peer) {
            second = peer.hear_head();
            peer.say(head("200 OK"));
        };
        ScriptedServer other([&](const Peer& peer, int) { answer_at_last(peer); });
        ScriptedServer server([&](const Peer& peer, int connection) {
            if (connection > 1) {
                answer_at_last(peer);
                return;
            }
            first = peer.hear_head();
            const std::string host = first.substr(first.find("127.0.0.1:") + 10);
            const std::string port = host.substr(0, host.find('\r'));
            const std::string target = other_port ? other.url() : "http://localhost:" + port;
            peer.say(head("302 Found", "Location: " + target + "/there\r\n"));
        });
        Client client;
        Request request(server.url());
        sign_in(request);
        client.http.send(request.http);
    }
};

// Fills the queue of a server that accepts nobody, so that a further connection is never made.
class FullServer {
  public:
    FullServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        REQUIRE(bind(listener_.get(), any, size) == 0);
        REQUIRE(listen(listener_.get(), 0) == 0);
        REQUIRE(getsockname(listener_.get(), any, &size) == 0);
        port_ = ntohs(address.sin_port);
        for (int i = 0; i < 2; ++i) {
            waiting_.emplace_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            CHECK(connect(waiting_.back().get(), any, size) != 0);  // under way
        }
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    // How many are on their way to it: in state 02, SYN_SENT.
    int connecting() const {
        std::ostringstream wanted;
        wanted << "0100007F:" << std::hex << std::uppercase << port_ << " 02";
        std::ifstream table("/proc/net/tcp");
        int count = 0;
        for (std::string line; std::getline(table, line);) {
            count += has(line, wanted.str()) ? 1 : 0;
        }
        return count;
    }

  private:
    upkeep::Descriptor listener_;
    std::vector<upkeep::Descriptor> waiting_;
    unsigned port_ = 0;
};

// How long the request still takes once a stop is requested, which it is when `now` says so.
std::chrono::milliseconds time_to_stop(Request& request, const std::function<bool(Client&)>& now) {
    Client client;
    upkeep::Instant stopped{};
    std::thread stopper([&] {
        while (!now(client)) {
            std::this_thread::yield();
        }
        stopped = client.clock.instant();
        client.stop.request();
    });
    CHECK_THROWS_AS(client.http.send(request.http), upkeep::Stopped);
    const auto ended = client.clock.instant();
    stopper.join();
    return ended - stopped;
}

constexpr auto soon = 500ms;  // 100 ms, five times slower by sanitizers and other work

}  // namespace

TEST_CASE("who asks is told to the configured host and port alone") {
    for (const bool other_port : {true, false}) {
        CAPTURE(other_port);
        const auto check = [&](const std::function<void(Request&)>& sign_in) {
            const Redirection redirection(other_port, sign_in);
            CHECK(has(redirection.first, "uthorization: "));
            CHECK(has(redirection.second, "GET /there HTTP/1.1\r\n"));
            CHECK_FALSE(has(redirection.second, "uthorization"));
            CHECK_FALSE(has(redirection.second, "ookie"));
        };
        check([](Request& request) {
            request.endpoint.username = "me";
            request.endpoint.password = upkeep::Secret("s3cr3t");
        });
        check([](Request& request) { request.endpoint.token = upkeep::Secret("s3cr3t"); });
        check([](Request& request) {
            request.http.headers = {{"authorization", "AWS4 s3cr3t"}, {"Cookie", "s3cr3t"}};
        });
        check([](Request& request) {
            request.http.sign = [](upkeep::Moment) {
                return std::vector<HttpHeader>{{"Authorization", "AWS4 s3cr3t"}};
            };
        });
    }
}

TEST_CASE("each try is signed by itself") {
    std::vector<std::string> heard;
    const ScriptedServer server([&](const Peer& peer, int connection) {
        heard.push_back(peer.hear_head());
        peer.say(head(connection == 1 ? "503 Busy" : "200 OK"));
    });
    Client client;
    Request request(server.url());
    request.http.retry.first_wait = 1ms;
    int tries = 0;
    request.http.sign = [&](upkeep::Moment) {
        return std::vector<HttpHeader>{{"X-Signature", std::to_string(++tries)}, {"X-Empty", ""}};
    };
    client.http.send(request.http);
    REQUIRE(heard.size() == 2);
    CHECK(has(heard[0], "X-Signature: 1\r\nX-Empty:\r\n"));
    CHECK(has(heard[1], "X-Signature: 2\r\n"));
}

TEST_CASE("what has no body waits for none, and sends none") {
    std::string heard;
    const ScriptedServer server([&](const Peer& peer, int) {
        heard = peer.hear_head();
        heard += heard.starts_with("PATCH") ? peer.hear(2) : "";
        peer.say(head("200 OK", heard.starts_with("HEAD") ? "Content-Length: 1000\r\n" : ""));
    });
    Client client;
    Request request(server.url());
    for (const char* method : {"HEAD", "DELETE"}) {
        request.http.method = method;
        CHECK(client.http.send(request.http).status == 200);
        CHECK(heard.starts_with(std::string(method) + " / HTTP/1.1\r\n"));
        CHECK_FALSE(has(heard, "Content-"));
    }
    request.http.method = "PATCH";
    request.http.body = "{}";
    CHECK(client.http.send(request.http).status == 200);
    CHECK(has(heard, "PATCH / HTTP/1.1\r\n"));
    CHECK(heard.ends_with("\r\n\r\n{}"));
}

TEST_CASE("no header smuggles in another") {
    Client client;
    Request request("http://127.0.0.1:1");
    request.http.headers = {{"X-Team", "main\r\nX-Admin: yes"}};
    CHECK(client.failure(request.http) ==
          "getting http://127.0.0.1:1: the header X-Team would hold a line break");
}

TEST_CASE("a stream of events outlasts the timeout, but no silence") {
    const ScriptedServer server([](const Peer& peer, int) {
        peer.hear_head();
        peer.say(head("200 OK") + "data: 1\n\n");
        for (const char* event : {"data: 2\n\n", "data: 3\n\n", "data: 4\n\n"}) {
            peer.pause(500ms);
            peer.say(event);
        }
        peer.hear_the_end();
    });
    Client client;
    Request request(server.url());
    request.endpoint.timeout = 1s;
    request.http.silence = 2s;
    request.http.retry.tries = 1;
    std::string events;
    request.http.on_body = [&](std::string_view piece) { events += piece; };
    SUBCASE("of events") {
        request.http.endless = true;
        CHECK(has(client.failure(request.http), "it took too long (Operation too slow"));
        CHECK(events == "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n");
    }
    SUBCASE("of something that ends") {
        CHECK(has(client.failure(request.http), "it took too long (Operation timed out"));
        CHECK_FALSE(has(events, "data: 4"));
    }
}

TEST_CASE("a try ends when the server is silent for longer than its endpoint allows") {
    const ScriptedServer server([](const Peer& peer, int) {
        peer.hear_head();
        peer.hear_the_end();
    });
    Client client;
    Request request(server.url());
    request.endpoint.silence = 1s;
    request.endpoint.timeout = 10s;
    request.http.retry.tries = 1;
    CHECK(has(client.failure(request.http), "it took too long (Operation too slow"));
}

TEST_CASE("more than can be connected at once wait, and their time begins with their turn") {
    const ScriptedServer server([](const Peer& peer, int) {
        peer.hear_head();
        peer.pause(500ms);
        peer.say(head("200 OK"));
    });
    Client client;
    constexpr std::size_t rounds = 4;
    const std::vector<int> items(rounds * upkeep::limits::connections_at_once);
    const auto failures = upkeep::parallel(items, items.size(), [&](int) {
        Request request(server.url());
        request.endpoint.timeout = 2s;
        request.http.retry.tries = 1;
        return client.failure(request.http);
    });
    for (const std::string& failure : failures) {
        CHECK(failure == "fine");
    }
    CHECK(server.most_at_once() == upkeep::limits::connections_at_once);
}

TEST_CASE("a server that lets nobody in costs ten seconds, whatever the timeout") {
    const FullServer server;
    Request request(server.url());
    request.http.retry.tries = 1;
    Client client;
    const auto begun = client.clock.instant();
    CHECK(has(client.failure(request.http), "it took too long"));
    const auto took = client.clock.instant() - begun;
    CHECK(took >= 9s);
    CHECK(took < 15s);
}

TEST_CASE("a stop ends a request wherever it is") {
    SUBCASE("connecting") {
        const FullServer server;
        Request request(server.url());
        const int before = server.connecting();
        CHECK(time_to_stop(request, [&](Client&) { return server.connecting() > before; }) < soon);
    }
    SUBCASE("setting up TLS") {
        std::atomic<bool> begun = false;
        const ScriptedServer server([&](const Peer& peer, int) {
            begun = !peer.hear(1).empty();
            peer.hear_the_end();
        });
        Request request("https://" + server.authority());
        CHECK(time_to_stop(request, [&](Client&) { return begun.load(); }) < soon);
    }
    SUBCASE("waiting for the next try") {
        const ScriptedServer server([](const Peer& peer, int) {
            peer.hear_head();
            peer.say(head("503 Busy", "Retry-After: 20\r\n"));
        });
        Request request(server.url());
        CHECK(time_to_stop(request, [&](Client&) { return server.connections() == 1; }) < soon);
    }
    SUBCASE("taking the body") {
        const ScriptedServer server([](const Peer& peer, int) {
            peer.hear_head();
            peer.say(head("200 OK") + "data: 1\n\n");
            peer.hear_the_end();
        });
        Request request(server.url());
        std::atomic<bool> taken = false;
        request.http.on_body = [&](std::string_view) { taken = true; };
        CHECK(time_to_stop(request, [&](Client&) { return taken.load(); }) < soon);
    }
    SUBCASE("before its turn") {
        const ScriptedServer server([](const Peer& peer, int) { peer.hear_the_end(); });
        std::vector<int> items(upkeep::limits::connections_at_once + 5);
        Client client;
        upkeep::Instant stopped{};
        std::thread stopper([&] {
            while (server.connections() < upkeep::limits::connections_at_once) {
                std::this_thread::yield();
            }
            stopped = client.clock.instant();
            client.stop.request();
        });
        const auto look = [&] {
            upkeep::parallel(items, items.size(), [&](int) {
                Request request(server.url());
                return client.http.send(request.http).status;
            });
        };
        CHECK_THROWS_AS(look(), upkeep::Stopped);
        CHECK(client.clock.instant() - stopped < soon);
        stopper.join();
    }
}

TEST_CASE("where no connection was made, the addresses that were tried are named") {
    Client client;
    Request request("http://localhost:1");
    request.http.retry.tries = 1;
    const std::string said = client.failure(request.http);
    CHECK(has(said, "; tried "));
    CHECK(has(said, "127.0.0.1"));
    Request address("http://127.0.0.1:1");
    address.http.retry.tries = 1;
    CHECK_FALSE(has(client.failure(address.http), "tried"));
}

TEST_CASE("a server of IPv6 alone is reached by its name") {
    const ScriptedServer server(
        [](const Peer& peer, int) {
            peer.hear_head();
            peer.say(head("200 OK"));
        },
        true);
    Client client;
    Request request("http://localhost:" + std::to_string(server.port()));
    CHECK(client.http.send(request.http).status == 200);
}
