#include "net/endpoint.h"

#include <doctest/doctest.h>

#include <string>

#include "core/json.h"

using upkeep::Endpoint;
using upkeep::Fields;

namespace {

std::optional<Endpoint> endpoint(const std::string& text) {
    const upkeep::json::value value = upkeep::parse_json(text, "reading");
    return upkeep::read_strictly(value.get_object(), "source", [](Fields& fields) {
        const auto defaults = upkeep::read_endpoint_defaults(fields);
        return upkeep::read_endpoint(fields, "published", defaults);
    });
}

std::string refusal(const std::string& text) {
    try {
        endpoint(text);
        return "fine";
    } catch (const upkeep::Failure& failure) {
        return failure.what();
    }
}

}  // namespace

TEST_CASE("an IPv6 address is a host, with and without brackets") {
    const upkeep::EndpointShape shape{true, "25555"};
    const auto text = [&](const std::string& host) {
        return upkeep::plain_endpoint(host, {}, shape).url.text();
    };
    CHECK(text("::1") == "https://[::1]:25555");
    CHECK(text("[::1]") == "https://[::1]:25555");
    CHECK(text("[fd00::6]:8443") == "https://[fd00::6]:8443");
    CHECK(text("fd00::6") == "https://[fd00::6]:25555");
    CHECK(text("10.0.0.6:25556") == "https://10.0.0.6:25556");
}

TEST_CASE("an address with a zone is refused, not asked for without it") {
    for (const char* const address : {"fe80::1%25eth0", "fe80::1%eth0"}) {
        CAPTURE(address);
        CHECK(refusal(R"({"published": "https://[)" + std::string(address) + R"(]:8443"})")
                  .find("source.published") == 0);
    }
    CHECK(refusal(R"({"published": "https://[fe80::1%25eth0]"})").find("has a zone") !=
          std::string::npos);
}

TEST_CASE("an endpoint is a URL, or a block") {
    CHECK_FALSE(endpoint("{}"));
    CHECK(endpoint(R"({"published": "https://bosh.io/"})")->url.text() == "https://bosh.io");
    const auto block = endpoint(R"({"proxy": "http://p:1", "published": {
        "url": "https://mirror:8443/bosh/", "username": "u", "password": "s3cr3t",
        "proxy": "none", "timeout": "5s"}})");
    CHECK(block->url.text() == "https://mirror:8443/bosh");
    CHECK(block->username == "u");
    CHECK(block->password->reveal() == "s3cr3t");
    CHECK(block->no_proxy);
    CHECK(block->timeout == std::chrono::seconds(5));
}

TEST_CASE("a server may be silent for as long as the timeout that is given") {
    const auto silence = [](const std::string& timeout) {
        return endpoint(R"({"published": {"url": "https://mirror", "timeout": ")" + timeout +
                        "\"}}")
            ->silence;
    };
    CHECK(silence("5m") == std::chrono::minutes(5));
    CHECK(silence("5s") == upkeep::limits::silence_time);
    CHECK(endpoint(R"({"published": "https://mirror"})")->silence == upkeep::limits::silence_time);
}

TEST_CASE("what a source says for all its endpoints, an endpoint takes") {
    CHECK(endpoint(R"({"proxy": "socks5h://p:1080", "published": "https://bosh.io"})")
              ->proxy->text() == "socks5h://p:1080");
}

TEST_CASE("user and password of a URL are taken out of it") {
    const auto endpoint_ =
        endpoint(R"({"published": "https://us%40er:s3cr3t@mirror/x?key=s3cr3t"})");
    CHECK(endpoint_->username == "us@er");
    CHECK(endpoint_->password->reveal() == "s3cr3t");
    CHECK(endpoint_->url.shown() == "https://mirror/x");
    CHECK(endpoint_->url.at("/y", "all=1").text() == "https://mirror/x/y?key=s3cr3t&all=1");
}

TEST_CASE("a name becomes one segment of a path, whatever it is") {
    CHECK(upkeep::percent_encoded("bosh-aws_x.1~") == "bosh-aws_x.1~");
    CHECK(upkeep::percent_encoded("a b?x#/..") == "a%20b%3Fx%23%2F..");
    CHECK(upkeep::percent_encoded("..") == "%2E%2E");
}

TEST_CASE("what is no endpoint is refused by its path, without the secret") {
    CHECK(refusal(R"({"published": {"uri": "https://bosh.io"}})") ==
          "source.published.url: it is missing\n  Is \"uri\" meant to be it?");
    CHECK(refusal(R"({"published": {"url": "bosh.io"}})")
              .find("source.published.url: it is no URL") == 0);
    CHECK(refusal(R"({"published": "ftp://u:s3cr3t@x"})")
              .find("source.published: its scheme is not allowed") == 0);
    CHECK(refusal(R"({"published": {"url": "https://x", "username": "u"}})") ==
          "source.published.password: it is missing");
    CHECK(refusal(R"({"published": {"url": "https://x", "password": "u"}})") ==
          "source.published.username: it is missing");
    CHECK(refusal(
              R"({"published": {"url": "https://x", "username": "u", "password": "p",
                         "token": "t"}})")
              .find("source.published.token: there is a username too") == 0);
    CHECK(refusal(R"({"published": {"url": "https://x", "ca_cert": "/etc/ca.pem"}})")
              .find("source.published.ca_cert: it holds no certificate") == 0);
    CHECK(refusal(R"({"published": {"url": "https://x", "proxy": "jumpbox"}})")
              .find("source.published.proxy: it is no URL") == 0);
    CHECK(refusal(R"({"published": {"url": "https://x", "timeout": "0s"}})") ==
          "source.published.timeout: it is not between 1s and 1h");
    CHECK(refusal(R"({"published": {"url": "https://x", "token": "a\nb"}})")
              .find("source.published.token: it holds a line break") == 0);
    CHECK(refusal(R"({"published": "https://"})").find("source.published: it") == 0);
    CHECK(refusal(R"({"published": "https://u:s3cr3t@[::1"})").find("s3cr3t") == std::string::npos);
}

TEST_CASE("a password with characters that end the host is named as such, and not shown") {
    const auto said = [](const std::string& url) {
        return refusal(R"({"published": ")" + url + R"("})");
    };
    for (const char* password :
         {"p/s3cr3t", "p?s3cr3t", "p#s3cr3t", "12/s3cr3t", "12#s3cr3t", "/s3cr3t", "s3cr3t/x:y"}) {
        CAPTURE(password);
        const std::string message = said("https://user:" + std::string(password) + "@host/x");
        CHECK(message.find("source.published: its password holds / ? or #") == 0);
        CHECK(message.find("%2F, %3F or %23") != std::string::npos);
        CHECK(message.find("s3cr3t") == std::string::npos);
    }
    CHECK(said("https://user:p%2Fss@host/x") == "fine");
    CHECK(said("https://user:pass@host:8443/a@b") == "fine");
    CHECK(said("https://[::1]/a@b") == "fine");
    CHECK(said("https://host/a@b") == "fine");
    CHECK(said("https://host:8443/x?mail=a@b") == "fine");
    CHECK(refusal(R"({"published": "https://x", "proxy": "http://u:s3/cr3t@p:1"})")
              .find("source.proxy: its password holds") == 0);
}

TEST_CASE("a jumpbox has a user and a key, and its own key in a form that people have") {
    const std::string jumpbox = R"("proxy": "ssh+socks5://me@jumpbox")";
    const auto block = endpoint("{" + jumpbox + R"(, "proxy_host_key": "any",
        "published": {"url": "https://x", "proxy_host_key": "SHA256:abc",
                      "proxy_key": "-----BEGIN RSA PRIVATE KEY-----\n"}})");
    CHECK(block->proxy->port == "22");
    CHECK(block->proxy->username == "me");
    CHECK(block->proxy_host_key->shown() == "SHA256:abc");
    CHECK(block->proxy_key->reveal() == "-----BEGIN RSA PRIVATE KEY-----\n");
    CHECK(endpoint("{" + jumpbox + R"(, "proxy_host_key": "any", "published": "https://x"})")
              ->proxy_host_key->any);
    CHECK(refusal(R"({"published": "https://x", "proxy": "ssh+socks5://jumpbox"})")
              .find("source.proxy: it names no user, wanted: ssh+socks5://USER@HOST:22") == 0);
    CHECK(
        refusal(R"({"published": {"url": "https://x", "proxy": "ssh+socks5://u:s3cr3t@jumpbox"}})")
            .find("source.published.proxy: it holds a password") == 0);
    CHECK(refusal(R"({"published": "https://x", "proxy_key": "~/.ssh/id_rsa"})")
              .find("source.proxy_key: it is no private key") == 0);
    CHECK(refusal(R"({"published": "https://x", "proxy_host_key": "jumpbox"})")
              .find("source.proxy_host_key: it is no host key") == 0);
}
