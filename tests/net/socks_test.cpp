// SOCKS5 proxies: the way through, and what is said of each way not to get through.
#include <doctest/doctest.h>

#include <string>

#include "tests/net/client.h"
#include "tests/net/socks_server.h"

using namespace std::chrono_literals;

namespace {

struct Outcome {
    std::string said;  // or the body
    SocksTalk talk;
    int connections = 0;
    std::string proxy;
};

Outcome ask(const SocksBehaviour& behaviour, const std::string& url, const std::string& scheme,
            const std::string& user = "me:s3cr3t@") {
    Outcome outcome;
    ScriptedServer server(
        [&](const Peer& peer, int) { outcome.talk = play_socks(peer, behaviour); });
    Client client;
    Request request(url, {std::nullopt, scheme + "://" + user + server.authority()});
    request.http.retry = {.tries = 2, .first_wait = 1ms};
    try {
        outcome.said = upkeep::get_body(client.http, request.http);
    } catch (const upkeep::Failure& failure) {
        outcome.said = failure.what();
    }
    outcome.connections = server.connections();
    outcome.proxy = scheme + "://" + server.authority();
    return outcome;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

constexpr char user_and_password = 2;
const std::string target = "http://director.test:8080/x";

}  // namespace

TEST_CASE("socks5h leaves the name to the proxy, socks5 does not") {
    const Outcome by_name = ask({}, target, "socks5h", "");
    CHECK(by_name.said == "behind");
    CHECK(by_name.talk.name == "director.test");
    CHECK(by_name.talk.port == 8080);
    CHECK(has(by_name.talk.request, "GET /x HTTP/1.1\r\nHost: director.test:8080\r\n"));
    const Outcome by_address = ask({}, "http://127.0.0.1:8080/x", "socks5", "");
    CHECK(by_address.said == "behind");
    CHECK(by_address.talk.name.empty());
    const Outcome unknown = ask({}, "http://no-such-name.invalid/", "socks5", "");
    CAPTURE(unknown.said);
    CHECK(has(unknown.said, "the name of no-such-name.invalid:80 cannot be resolved on this"));
    CHECK(has(unknown.said, "With socks5h:// the proxy resolves it."));
}

TEST_CASE("user and password go to a proxy that wants them") {
    const Outcome outcome = ask({.method = user_and_password}, target, "socks5h");
    CHECK(outcome.said == "behind");
    CHECK(outcome.talk.methods.find(user_and_password) != std::string::npos);
    CHECK(outcome.talk.user == "me");
    CHECK(outcome.talk.password == "s3cr3t");
    CHECK_FALSE(has(outcome.talk.request, "s3cr3t"));
}

TEST_CASE("a proxy that refuses who asks is asked once, and named without the password") {
    const auto check = [](const Outcome& outcome, const std::string& why) {
        CAPTURE(outcome.said);
        CHECK(has(outcome.said, "getting " + target + ": "));
        CHECK(has(outcome.said, why));
        CHECK(has(outcome.said, outcome.proxy));
        CHECK(has(outcome.said, "Are the user and password in the proxy's URL right"));
        CHECK_FALSE(has(outcome.said, "s3cr3t"));
        CHECK(outcome.connections == 1);
    };
    check(
        ask({.method = user_and_password, .user_and_password = "other:s3cr3t"}, target, "socks5h"),
        "does not take the user and password");
    check(ask({.method = '\xff'}, target, "socks5h", ""), "wants another way to sign in");
    check(ask({.method = '\1'}, target, "socks5h"), "wants another way to sign in");
}

TEST_CASE("what a proxy says of the target is said in words, and tried again where it may pass") {
    const auto check = [](char answer, const std::string& why, int connections) {
        const Outcome outcome = ask({.answer = answer}, target, "socks5h", "");
        CAPTURE(outcome.said);
        CHECK(has(outcome.said, why));
        CHECK(has(outcome.said, " the proxy " + outcome.proxy));
        CHECK(outcome.connections == connections);
    };
    check(1, "cannot connect to director.test:8080", 2);
    check(2, "does not allow connections to director.test:8080", 1);
    check(3, "cannot reach the network of director.test:8080", 2);
    check(4, "cannot reach director.test:8080", 2);
    check(5, "director.test:8080 refused the connection", 2);
    check(6, "cannot reach director.test:8080 in time", 2);
    check(7, "cannot do what SOCKS5 needs", 1);
}

TEST_CASE("a proxy that closes, or speaks something else") {
    const Outcome closed = ask({.closes = true}, target, "socks5h");
    CAPTURE(closed.said);
    CHECK(has(closed.said, "closed the connection"));
    CHECK(has(closed.said, closed.proxy));
    CHECK(closed.connections == 2);
    ScriptedServer http([](const Peer& peer, int) {
        peer.hear(3);
        peer.say("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    Client client;
    Request request(target, {std::nullopt, "socks5h://" + http.authority()});
    const std::string said = client.failure(request.http);
    CAPTURE(said);
    CHECK(has(said, "does not speak SOCKS5"));
    CHECK(has(said, http.authority()));
}

TEST_CASE("a stop ends the wait for a proxy that says nothing") {
    std::atomic<bool> asked = false;
    ScriptedServer server([&](const Peer& peer, int) {
        asked = !peer.hear(1).empty();
        peer.hear_the_end();
    });
    Client client;
    Request request(target, {std::nullopt, "socks5h://" + server.authority()});
    std::thread stopper([&] {
        while (!asked) {
            std::this_thread::yield();
        }
        client.stop.request();
    });
    CHECK_THROWS_AS(client.http.send(request.http), upkeep::Stopped);
    stopper.join();
}
