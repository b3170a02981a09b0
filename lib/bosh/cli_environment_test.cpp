#include "bosh/cli_environment.h"

#include <doctest/doctest.h>

#include <map>

#include "core/failure.h"

using upkeep::Environment;
using upkeep::bosh::cli_director;
namespace json = upkeep::json;

namespace {

const char* const config = R"(
environments:
- url: https://10.0.0.6
  alias: staging
  ca_cert: |
    -----BEGIN CERTIFICATE-----
    staging
    -----END CERTIFICATE-----
  access_token: at
  refresh_token: rt
- url: 10.0.16.6
  alias: production
  username: admin
  password: pw
)";

std::optional<json::object> director(const std::optional<std::string>& named,
                                     Environment::Variables variables) {
    variables.emplace("HOME", "/me");
    const std::map<std::string, std::string> files{
        {"/me/.bosh/config", config},
        {"/me/.ssh/known_hosts", "jumpbox ssh-ed25519 AAAA"},
        {"jumpbox.key", "key of the jumpbox"},
        {"/me/ca.pem", "of home"},
        {"ca.pem", "-----BEGIN CERTIFICATE-----"}};
    const auto found =
        cli_director(named, Environment(std::move(variables)),
                     [&](const std::string& path) -> std::optional<std::string> {
                         const auto file = files.find(path);
                         return file == files.end() ? std::nullopt : std::optional(file->second);
                     });
    return found ? std::optional(found->block) : std::nullopt;
}

std::string refusal(Environment::Variables variables) {
    try {
        director(std::nullopt, std::move(variables));
        return "fine";
    } catch (const upkeep::Failure& failure) {
        return failure.what();
    }
}

}  // namespace

TEST_CASE("without an environment there is no director") {
    CHECK_FALSE(director(std::nullopt, {}));
    CHECK_FALSE(director(std::nullopt, {{"BOSH_CLIENT", "c"}, {"BOSH_CLIENT_SECRET", "s"}}));
}

TEST_CASE("an environment that the config does not know is a URL or a host") {
    CHECK(director(std::nullopt, {{"BOSH_ENVIRONMENT", "10.9.9.9"}}) ==
          json::object{{"url", "10.9.9.9"}});
    CHECK(director("10.8.8.8", {{"BOSH_ENVIRONMENT", "10.9.9.9"}}) ==
          json::object{{"url", "10.8.8.8"}});
}

TEST_CASE("an alias has its URL, its certificate and its sign-in") {
    const auto staging = director(std::nullopt, {{"BOSH_ENVIRONMENT", "staging"}});
    CHECK(staging->at("url") == "https://10.0.0.6");
    CHECK(staging->at("refresh_token") == "rt");
    CHECK(staging->at("ca_cert").get_string().starts_with("-----BEGIN CERTIFICATE-----"));
    CHECK_FALSE(staging->contains("access_token"));
    CHECK(director("10.0.16.6", {}) ==
          json::object{{"url", "10.0.16.6"}, {"username", "admin"}, {"password", "pw"}});
}

TEST_CASE("a client of the environment wins over what is saved") {
    const auto client = director("staging", {{"BOSH_CLIENT", "c"}, {"BOSH_CLIENT_SECRET", "s"}});
    CHECK(client->at("client") == "c");
    CHECK(client->at("client_secret") == "s");
    CHECK_FALSE(client->contains("refresh_token"));
    CHECK(
        refusal({{"BOSH_ENVIRONMENT", "x"}, {"BOSH_CLIENT", "c"}}).find("no BOSH_CLIENT_SECRET") !=
        std::string::npos);
}

TEST_CASE("a certificate is given by its path or as it is") {
    const char* const pem = "-----BEGIN CERTIFICATE-----\nx";
    CHECK(director("x", {{"BOSH_CA_CERT", pem}})->at("ca_cert") == pem);
    CHECK(director("x", {{"BOSH_CA_CERT", "ca.pem"}})->at("ca_cert") ==
          "-----BEGIN CERTIFICATE-----");
    CHECK(director("x", {{"BOSH_CA_CERT", "~/ca.pem"}})->at("ca_cert") == "of home");
    CHECK(refusal({{"BOSH_ENVIRONMENT", "x"}, {"BOSH_CA_CERT", "none.pem"}})
              .find("there is no file none.pem") != std::string::npos);
}

TEST_CASE("a jumpbox is signed in to with the key of the URL, and known by known_hosts") {
    const auto staging =
        director("x", {{"BOSH_ALL_PROXY", "ssh+socks5://me@jumpbox:22?private-key=jumpbox.key"}});
    CHECK(staging->at("proxy") == "ssh+socks5://me@jumpbox:22");
    CHECK(staging->at("proxy_key") == "key of the jumpbox");
    CHECK(staging->at("proxy_host_key") == "ssh-ed25519 AAAA\n");
    CHECK(director("x", {{"BOSH_ALL_PROXY", "ssh+socks5://jumpbox:22?private-key=jumpbox.key"}})
              ->at("proxy") == "ssh+socks5://jumpbox@jumpbox:22");
    CHECK(refusal({{"BOSH_ENVIRONMENT", "x"},
                   {"BOSH_ALL_PROXY", "ssh+socks5://me@jumpbox?private-key=none.key"}})
              .find("there is no file none.key") != std::string::npos);
}

TEST_CASE("the proxy of the bosh CLI is the director's") {
    const auto proxy = [](const std::string& url, const std::string& no_proxy = "") {
        return director("10.0.0.6", {{"BOSH_ALL_PROXY", url}, {"NO_PROXY", no_proxy}})->at("proxy");
    };
    CHECK(proxy("http://jumpbox:3128") == "http://jumpbox:3128");
    CHECK(proxy("socks5://jumpbox:1080") == "socks5h://jumpbox:1080");  // it resolves the name
    CHECK(proxy("socks5h://jumpbox:1080") == "socks5h://jumpbox:1080");
    CHECK(proxy("http://jumpbox:3128", "10.0.0.0/8") == "none");
    CHECK(proxy("http://jumpbox:3128", "11.0.0.0/8") == "http://jumpbox:3128");
    CHECK(proxy("ssh+socks5://me@jumpbox", "*") == "ssh+socks5://me@jumpbox");
}

TEST_CASE("a director behind a tunnel of ssh -L is asked through no proxy of the environment") {
    CHECK(director("https://localhost:25555", {})->at("proxy") == "none");
    CHECK(director("127.0.0.1", {{"BOSH_ALL_PROXY", "socks5h://jumpbox:1080"}})->at("proxy") ==
          "socks5h://jumpbox:1080");
    CHECK_FALSE(director("10.0.0.6", {})->contains("proxy"));
}

TEST_CASE("the key of a jumpbox is a field of a query") {
    for (const char* query : {"private-key=jumpbox.key", "private-key=jumpbox%2Ekey&x=1",
                              "x=1&private-key=jumpbox.key"}) {
        CAPTURE(query);
        const auto with = std::string("ssh+socks5://me@jumpbox:22?") + query;
        CHECK(director("x", {{"BOSH_ALL_PROXY", with}})->at("proxy_key") == "key of the jumpbox");
    }
}
