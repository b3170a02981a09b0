// The HTTP client under load: many threads, several authorities, a stop in the midst.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/failure.h"
#include "net/curl_http.h"
#include "net/parallel.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/stop.h"
#include "tests/net/servers.h"

using namespace std::chrono_literals;

namespace {

struct Client {
    upkeep::Stop stop;
    upkeep::SystemClock clock;
    upkeep::Environment environment{{}};
    upkeep::CurlHttp http{environment, clock, stop};

    std::string get(const std::string& url, const std::string& ca_cert) {
        const upkeep::Endpoint endpoint = upkeep::plain_endpoint(url, {ca_cert, std::nullopt});
        upkeep::HttpRequest request;
        request.endpoint = &endpoint;
        return upkeep::get_body(http, request);
    }
};

standin::Reply reply(const std::string& path, const std::string& body) {
    standin::Reply reply;
    reply.path = path;
    reply.body = body;
    return reply;
}

standin::Server server(const std::string& name, bool other_authority,
                       std::vector<standin::Reply> replies) {
    standin::Server server;
    server.name = name;
    server.tls = true;
    server.certificate.other = other_authority;
    server.replies = std::move(replies);
    return server;
}

struct Item {
    std::string url;
    std::string ca_cert;
    std::string expected;  // the body, or nothing where the authority is the wrong one
};

std::string outcome(Client& client, const Item& item) {
    try {
        return client.get(item.url, item.ca_cert);
    } catch (const upkeep::Failure& failure) {
        CAPTURE(failure.what());
        CHECK(failure.why().find("not among the authorities used: ca_cert") != std::string::npos);
        return "";
    }
}

}  // namespace

TEST_CASE("under load every transfer gets its own answer, by its own authorities") {
    const std::string large(100'000, 'x');
    const Servers servers({server("first", false, {reply("/a", "first"), reply("/l", large)}),
                           server("second", true, {reply("/a", "second")})});
    const std::vector<Item> kinds{{servers.url("first") + "/a", servers.ca(), "first"},
                                  {servers.url("first") + "/a", servers.other_ca(), ""},
                                  {servers.url("first") + "/l", servers.ca(), large},
                                  {servers.url("second") + "/a", servers.ca(), ""},
                                  {servers.url("second") + "/a", servers.other_ca(), "second"}};
    std::vector<Item> items;
    for (int round = 0; round < 12; ++round) {
        items.insert(items.end(), kinds.begin(), kinds.end());
    }
    Client client;
    const auto outcomes =
        upkeep::parallel(items, 8, [&](const Item& item) { return outcome(client, item); });
    for (std::size_t i = 0; i < items.size(); ++i) {
        CAPTURE(items[i].url);
        CHECK(outcomes[i] == items[i].expected);
    }
}

TEST_CASE("a connection that one authority allowed is not used for another") {
    const Servers servers({server("first", false, {reply("/a", "first")})});
    const std::string url = servers.url("first") + "/a";
    Client client;
    for (int round = 0; round < 3; ++round) {
        CHECK(outcome(client, {url, servers.other_ca(), ""}).empty());
        CHECK(outcome(client, {url, servers.ca(), ""}) == "first");
    }
}

TEST_CASE("a stop in the midst ends all transfers and all waits between two tries") {
    standin::Reply silent = reply("/a", "never");
    silent.delay = 1h;
    standin::Reply quick = reply("/a", "quick");
    quick.times = 20;
    standin::Reply busy = reply("/b", "");
    busy.status = 503;
    busy.headers = {{"Retry-After", "15"}};
    const Servers servers({server("first", false, {quick, silent, busy})});
    std::vector<Item> items(40, {servers.url("first") + "/a", servers.ca(), "quick"});
    for (int i = 0; i < 4; ++i) {
        items.insert(items.begin(), {servers.url("first") + "/b", servers.ca(), ""});
    }
    Client client;
    std::atomic<int> ended = 0;
    upkeep::Instant stopped_at{};
    const auto look = [&] {
        upkeep::parallel(items, 16, [&](const Item& item) {
            std::string body = client.get(item.url, item.ca_cert);
            if (++ended == 20) {
                stopped_at = client.clock.instant();
                client.stop.request();
            }
            return body;
        });
    };
    CHECK_THROWS_AS(look(), upkeep::Stopped);
    CHECK(ended == 20);
    // Concourse kills after ten seconds; the sanitizers and a busy machine take a part of them.
    CHECK(client.clock.instant() - stopped_at < 5s);
    CHECK_THROWS_AS(client.get(items.back().url, items.back().ca_cert), upkeep::Stopped);
}
