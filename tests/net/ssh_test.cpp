// Ways through a jumpbox by SSH, against Debian's sshd.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "net/parallel.h"
#include "net/ssh_host_key.h"
#include "net/ssh_private_key.h"
#include "tests/net/client.h"
#include "tests/net/jumpbox.h"
#include "tests/net/scripted_server.h"

using namespace std::chrono_literals;
using upkeep::Secret;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void answer(const Peer& peer, int) {
    const std::string body(300'000, 'x');
    peer.hear_head();
    peer.say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n" + body);
}

struct Way {
    std::string key;
    std::optional<std::string> host_key;
};

// "fine", or what went wrong.
std::string ask(const std::string& proxy, const Way& way, const std::string& url, Client& client) {
    upkeep::EndpointDefaults defaults{std::nullopt, proxy, Secret(way.key)};
    if (way.host_key) {
        defaults.proxy_host_key = upkeep::parse_ssh_host_keys(*way.host_key);
    }
    Request request(url, defaults);
    request.http.retry = {.tries = 2, .first_wait = 1ms};
    std::string said = client.failure(request.http);
    CAPTURE(said);
    CHECK_FALSE(has(said, "PRIVATE KEY"));
    CHECK(has(said + "getting " + url, "getting " + url));
    return said;
}

std::string ask(const Jumpbox& jumpbox, const Way& way, const std::string& url) {
    Client client;
    return ask(jumpbox.url(), way, url, client);
}

std::string fingerprint(const std::string& line) {
    return upkeep::ssh_key_fingerprint(upkeep::parse_ssh_host_keys(line).blobs.at(0));
}

}  // namespace

TEST_CASE("a jumpbox leads to what is behind it" * doctest::skip(!Jumpbox::can_be_had())) {
    const Jumpbox jumpbox;
    const ScriptedServer server(answer);
    const std::string key = jumpbox.key();
    CHECK(ask(jumpbox, {key, jumpbox.host_key()}, server.url()) == "fine");
    CHECK(ask(jumpbox, {key, "jumpbox " + jumpbox.host_key()}, server.url()) == "fine");
    CHECK(ask(jumpbox, {key, fingerprint(jumpbox.host_key())}, server.url()) == "fine");
    CHECK(ask(jumpbox, {key, "any"}, server.url()) == "fine");
    // The name is resolved there.
    CHECK(ask(jumpbox, {key, "any"}, "http://localhost:" + std::to_string(server.port())) ==
          "fine");
    CHECK(server.connections() == 5);
}

TEST_CASE("keys of each usual kind sign in" * doctest::skip(!Jumpbox::can_be_had())) {
    const Jumpbox jumpbox;
    const ScriptedServer server(answer);
    jumpbox.make_key("rsa_pem", "-t rsa -b 2048 -m PEM", true);
    jumpbox.make_key("rsa", "-t rsa -b 2048", true);
    jumpbox.make_key("ecdsa", "-t ecdsa", true);
    jumpbox.make_key("pkcs8", "-t rsa -b 2048 -m PKCS8", true);
    for (const char* name : {"rsa_pem", "rsa", "ecdsa", "pkcs8"}) {
        CAPTURE(name);
        CHECK(ask(jumpbox, {jumpbox.key(name), "any"}, server.url()) == "fine");
    }
}

TEST_CASE("many go through one jumpbox at a time" * doctest::skip(!Jumpbox::can_be_had())) {
    const Jumpbox jumpbox("MaxStartups 100\n");
    const ScriptedServer server(answer);
    Client client;
    const std::vector<int> items(12);
    const auto outcomes = upkeep::parallel(items, items.size(), [&](int) {
        return ask(jumpbox.url(), {jumpbox.key(), "any"}, server.url(), client);
    });
    CHECK(outcomes == std::vector<std::string>(items.size(), "fine"));
}

TEST_CASE("an unknown or wrong host key stops it before the key is used" *
          doctest::skip(!Jumpbox::can_be_had())) {
    const Jumpbox jumpbox;
    const Jumpbox other;
    const std::string key = jumpbox.key();
    const std::string seen = fingerprint(jumpbox.host_key());
    const std::string unknown = ask(jumpbox, {key, std::nullopt}, "http://127.0.0.1:1");
    CAPTURE(unknown);
    CHECK(has(unknown, "the host key of the jumpbox " + jumpbox.address() +
                           " is not known; it shows ssh-ed25519 " + seen));
    CHECK(has(unknown, "proxy_host_key: ssh-ed25519 AAAA"));
    const std::string wrong = ask(jumpbox, {key, other.host_key()}, "http://127.0.0.1:1");
    CAPTURE(wrong);
    CHECK(has(wrong, "shows another host key, ssh-ed25519 " + seen + ", than the one given, " +
                         fingerprint(other.host_key())));
    CHECK(has(wrong, "Somebody may be listening in."));
    CHECK_FALSE(has(wrong, "tried"));
}

TEST_CASE("what a jumpbox refuses is said" * doctest::skip(!Jumpbox::can_be_had())) {
    const Jumpbox jumpbox;
    jumpbox.make_key("stranger", "-t ed25519", false);
    const std::string stranger =
        ask(jumpbox, {jumpbox.key("stranger"), "any"}, "http://127.0.0.1:1");
    CAPTURE(stranger);
    CHECK(has(stranger, "the jumpbox " + jumpbox.address() + " does not take the key for "));
    CHECK(has(stranger, "authorized_keys"));

    const std::string damaged = ask(
        jumpbox,
        {"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "any"},
        "http://127.0.0.1:1");
    CAPTURE(damaged);
    CHECK(has(damaged, "the private key for the jumpbox " + jumpbox.address() + " cannot be read"));

    const std::string closed = ask(jumpbox, {jumpbox.key(), "any"}, "http://127.0.0.1:1");
    CAPTURE(closed);
    CHECK(has(closed, "the proxy " + jumpbox.address() + " cannot connect to 127.0.0.1:1"));
    CHECK(has(closed, "tried 2 times"));

    const Jumpbox strict("AllowTcpForwarding no\n");
    const std::string forbidden = ask(strict, {strict.key(), "any"}, "http://127.0.0.1:1");
    CAPTURE(forbidden);
    CHECK(has(forbidden, "the proxy " + strict.address() + " does not allow connections to"));
    CHECK(has(forbidden, "AllowTcpForwarding"));
    CHECK_FALSE(has(forbidden, "tried"));
}

TEST_CASE("a jumpbox that is not there, or is something else") {
    Client client;
    const Way way{"-----BEGIN PRIVATE KEY-----\n", "any"};
    const std::string nobody = ask("ssh+socks5://me@127.0.0.1:1", way, "http://x.test", client);
    CAPTURE(nobody);
    CHECK(has(nobody, "no connection could be made to the jumpbox ssh+socks5://127.0.0.1:1"));
    CHECK(has(nobody, "tried 2 times"));
    const ScriptedServer http(
        [](const Peer& peer, int) { peer.say("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    const std::string other =
        ask("ssh+socks5://me@" + http.authority(), way, "http://x.test", client);
    CAPTURE(other);
    CHECK(has(other, "the jumpbox ssh+socks5://" + http.authority()));
    CHECK(has(other, "Is it an SSH server, on this port?"));
}

TEST_CASE("a stop ends the wait for a jumpbox") {
    std::atomic<bool> reached = false;
    const ScriptedServer silent([&](const Peer& peer, int) {
        reached = true;
        peer.hear_the_end();
    });
    upkeep::Instant stopped{};
    {
        Client client;
        std::thread stopper([&] {
            while (!reached) {
                std::this_thread::yield();
            }
            stopped = client.clock.instant();
            client.stop.request();
        });
        Request request("http://x.test",
                        {std::nullopt, "ssh+socks5://me@" + silent.authority(), Secret("x")});
        CHECK_THROWS_AS(client.http.send(request.http), upkeep::Stopped);
        stopper.join();
    }
    CHECK(upkeep::SystemClock().instant() - stopped < 500ms);
}

TEST_CASE("what is no private key is found out when it is read" *
          doctest::skip(!Jumpbox::can_be_had())) {
    const Jumpbox jumpbox;
    const auto problem = [](const std::string& text) {
        return upkeep::problem_of_private_key(Secret(text)).value_or("");
    };
    jumpbox.make_key("locked", "-t ed25519 -N s3cr3t", false);
    jumpbox.make_key("locked_pem", "-t rsa -b 2048 -m PEM -N s3cr3t", false);
    jumpbox.make_key("locked_pkcs8", "-t rsa -b 2048 -m PKCS8 -N s3cr3t", false);
    for (const char* name : {"locked", "locked_pem", "locked_pkcs8"}) {
        CAPTURE(name);
        CHECK(has(problem(jumpbox.key(name)), "encrypted by a passphrase"));
    }
    CHECK(problem(jumpbox.key()).empty());
    CHECK(has(problem(jumpbox.host_key()), "public key"));
    CHECK(has(problem("~/.ssh/id_rsa"), "not the path of a file"));
}

TEST_CASE("host keys come in the forms that people have") {
    const std::string key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    const auto keys =
        upkeep::parse_ssh_host_keys("# a comment\n\nhost " + key + " me@x\n" + "SHA256:abc\n");
    REQUIRE(keys.blobs.size() == 1);
    CHECK(upkeep::ssh_key_line(keys.blobs[0]) == key);
    CHECK(fingerprint(key) == "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
    CHECK(keys.fingerprints == std::vector<std::string>{"SHA256:abc"});
    CHECK(keys.has(keys.blobs[0]));
    CHECK_FALSE(keys.has("other"));
    CHECK(upkeep::parse_ssh_host_keys("ssh-gateway,sk-2 " + key).has(keys.blobs.at(0)));
    CHECK_THROWS_AS(upkeep::parse_ssh_host_keys("jumpbox"), std::invalid_argument);
    CHECK_THROWS_AS(upkeep::parse_ssh_host_keys("ssh-rsa AAAA"), std::invalid_argument);
    CHECK_THROWS_AS(upkeep::parse_ssh_host_keys("# nothing"), std::invalid_argument);
    for (const char* marker : {"@revoked", "@cert-authority"}) {
        CHECK_THROWS_WITH_AS(
            upkeep::parse_ssh_host_keys(key + "\n " + marker + " * " + key),
            (std::string("a line with ") + marker + " is not for trusting a key").c_str(),
            std::invalid_argument);
    }
}
