#include "bosh/bosh_said.h"

#include <doctest/doctest.h>

#include <string>

using upkeep::Failure;
using upkeep::bosh::bosh_failure;

TEST_CASE("what bosh said, on one line, without what stands around it") {
    const Failure failure =
        bosh_failure("reading",
                     "Using environment 'https://127.0.0.1:25555' as client 'ci'\r\n\n"
                     "Finding deployments:\n  Director responded\n\nExit code 1");
    CHECK(failure.doing() == "reading");
    CHECK(failure.why() == "bosh failed, it said: Finding deployments: Director responded");
    CHECK(bosh_failure("reading", "\nExit code 1\n").why() == "bosh failed");
    CHECK(bosh_failure("reading", "").why() == "bosh failed");
}

TEST_CASE("names and passwords in URLs are not repeated") {
    CHECK(bosh_failure(
              "reading",
              "Get \"https://ci:s3cret@127.0.0.1/info\": via socks5://me:p@ss@jumpbox:22 and "
              "https://127.0.0.1/a@b")
              .why() ==
          "bosh failed, it said: Get \"https://127.0.0.1/info\": via "
          "socks5://jumpbox:22 and https://127.0.0.1/a@b");
}

TEST_CASE("a long answer keeps its beginning and its end, where the reason is") {
    const std::string why =
        bosh_failure("reading", "Fetching info: " + std::string(100'000, '<') + " x509: unknown")
            .why();
    CHECK(why.size() < 900);
    CHECK(why.find("Fetching info") != std::string::npos);
    CHECK(why.find("x509: unknown") != std::string::npos);
}

TEST_CASE("an expired login") {
    CHECK(bosh_failure(
              "reading",
              "Performing request GET 'https://127.0.0.1/deployments': Refreshing token: UAA "
              "responded with non-successful status code '401' response "
              "'{\"error\":\"invalid_token\"}'")
              .advice()
              .find("expired: run bosh log-in") != std::string::npos);
}
