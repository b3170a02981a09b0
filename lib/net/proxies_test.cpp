#include "net/proxies.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using upkeep::Endpoint;
using upkeep::Environment;
using upkeep::is_excluded;
using upkeep::proxy_for;

namespace {

std::string chosen(const Endpoint& endpoint, Environment::Variables variables) {
    const auto proxy = proxy_for(endpoint, Environment(std::move(variables)));
    return proxy ? proxy->text() : "direct";
}

Endpoint endpoint(const std::string& url) {
    return upkeep::plain_endpoint(url, {});
}

}  // namespace

TEST_CASE("the environment names the proxy of each scheme") {
    const Endpoint tls = endpoint("https://bosh.io");
    CHECK(chosen(tls, {}) == "direct");
    CHECK(chosen(tls, {{"HTTPS_PROXY", "http://proxy:3128"}}) == "http://proxy:3128");
    CHECK(chosen(tls, {{"https_proxy", "http://small:1"}, {"HTTPS_PROXY", "http://large:1"}}) ==
          "http://small:1");
    CHECK(chosen(tls, {{"HTTP_PROXY", "http://proxy:3128"}}) == "direct");
    CHECK(chosen(tls, {{"ALL_PROXY", "socks5h://proxy:1080"}}) == "socks5h://proxy:1080");
    CHECK(chosen(tls, {{"https_proxy", "proxy:3128"}}) == "http://proxy:3128");
    CHECK(chosen(endpoint("http://mirror"), {{"HTTP_PROXY", "http://proxy:3128"}}) ==
          "http://proxy:3128");
}

TEST_CASE("the source's own proxy wins, and so does none") {
    const Environment::Variables environment{{"HTTPS_PROXY", "http://proxy:3128"}};
    CHECK(chosen(upkeep::plain_endpoint("https://bosh.io", {std::nullopt, "socks5://jump:1080"}),
                 environment) == "socks5://jump:1080");
    CHECK(chosen(upkeep::plain_endpoint("https://bosh.io", {std::nullopt, "none"}), environment) ==
          "direct");
}

TEST_CASE("NO_PROXY takes names, what is below them, networks, ports and all") {
    CHECK(is_excluded("bosh.io", "bosh.io", "443"));
    CHECK(is_excluded("x, bosh.io", "www.bosh.io", "443"));
    CHECK(is_excluded(".bosh.io", "www.bosh.io", "443"));
    CHECK(is_excluded("*.bosh.io", "www.bosh.io", "443"));
    CHECK_FALSE(is_excluded("*.bosh.io", "notbosh.io", "443"));
    CHECK_FALSE(is_excluded("bosh.io", "notbosh.io", "443"));
    CHECK(is_excluded("BOSH.io", "bosh.IO", "443"));
    CHECK(is_excluded("*", "anything", "80"));
    CHECK(is_excluded("10.0.0.0/8", "10.1.2.3", "25555"));
    CHECK_FALSE(is_excluded("10.0.0.0/8", "11.1.2.3", "25555"));
    CHECK_FALSE(is_excluded("10.0.0.0/33", "10.1.2.3", "25555"));
    CHECK(is_excluded("bosh.io:443", "bosh.io", "443"));
    CHECK_FALSE(is_excluded("bosh.io:80", "bosh.io", "443"));
    CHECK_FALSE(is_excluded(":443", "bosh.io", "443"));
    CHECK(is_excluded("::1", "[::1]", "443"));
    CHECK_FALSE(is_excluded("", "bosh.io", "443"));
    CHECK_FALSE(is_excluded(" , ", "bosh.io", "443"));
    CHECK(chosen(endpoint("https://bosh.io"),
                 {{"HTTPS_PROXY", "http://proxy:3128"}, {"NO_PROXY", "bosh.io"}}) == "direct");
}

TEST_CASE("a proxy that is none is said by the variable's name, without what is in it") {
    try {
        chosen(endpoint("https://bosh.io"), {{"HTTPS_PROXY", "ftp://user:s3cr3t@proxy"}});
        FAIL("no failure");
    } catch (const upkeep::Failure& failure) {
        CHECK(failure.doing() == "the proxy in HTTPS_PROXY");
        CHECK(std::string(failure.what()).find("s3cr3t") == std::string::npos);
    }
}
