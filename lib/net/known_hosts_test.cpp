#include "net/known_hosts.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using upkeep::known_host_keys;

namespace {

// As ssh-keygen -H has hashed "jumpbox" and "[jumpbox]:2222".
const std::string hashed_jumpbox =
    "|1|of1sDv1K81mhDbIvO1tR1ICC48Q=|D7rVXkM+h8/czy/PAoKmRNDfdwM= ssh-ed25519 AAAA1\n";
const std::string hashed_port =
    "|1|UqSXWYWrtc7dPVUYAh/D87HbYKw=|citS9gWYdfE3sQD4EgvAiqfgIJg= ssh-ed25519 AAAA2\n";

}  // namespace

TEST_CASE("a host has the keys of the lines that name it") {
    const std::string plain =
        "# a comment\n\nother,jumpbox ssh-rsa AAAA3 me@laptop\njumpbox2 ssh-rsa AAAA4\n"
        "@revoked jumpbox ssh-rsa AAAA5\njumpbox\n";
    CHECK(known_host_keys(plain, "jumpbox", "22") == "ssh-rsa AAAA3\n");
    CHECK(known_host_keys(plain, "nowhere", "22").empty());
    CHECK(known_host_keys("[jumpbox]:2222 ssh-rsa AAAA6\n", "jumpbox", "2222") ==
          "ssh-rsa AAAA6\n");
    CHECK(known_host_keys("[jumpbox]:2222 ssh-rsa AAAA6\n", "jumpbox", "22").empty());
}

TEST_CASE("where no line names the port, those of the host count, as for ssh") {
    const std::string host = "jumpbox ssh-rsa AAAA1\n";
    CHECK(known_host_keys(host, "jumpbox", "2222") == "ssh-rsa AAAA1\n");
    CHECK(known_host_keys(host + "[jumpbox]:2222 ssh-rsa AAAA2\n", "jumpbox", "2222") ==
          "ssh-rsa AAAA2\n");
    CHECK(known_host_keys(host + "[jumpbox]:2223 ssh-rsa AAAA2\n", "jumpbox", "2222") ==
          "ssh-rsa AAAA1\n");
    CHECK_THROWS_AS(known_host_keys(host + "[jumpbox]:2222 ssh-rsa AAAA2\n@revoked * x AAAA2\n",
                                    "jumpbox", "2222"),
                    std::invalid_argument);
}

TEST_CASE("names may be patterns, and exclude") {
    const std::string lines =
        "10.0.?.*,!10.0.1.9 ssh-rsa AAAA1\n[10.0.1.*]:2222 ssh-rsa AAAA2\n[ab] ssh-rsa AAAA3\n";
    CHECK(known_host_keys(lines, "10.0.1.7", "22") == "ssh-rsa AAAA1\n");
    CHECK(known_host_keys(lines, "10.0.1.9", "22").empty());
    CHECK(known_host_keys(lines, "10.0.1.7", "2222") == "ssh-rsa AAAA2\n");
    CHECK(known_host_keys(lines, "a", "22").empty());
}

TEST_CASE("an IPv6 address is in brackets only beside a port") {
    const std::string both = "::1 ssh-rsa AAAA1\n[::1]:2222 ssh-rsa AAAA2\n";
    CHECK(known_host_keys(both, "[::1]", "22") == "ssh-rsa AAAA1\n");
    CHECK(known_host_keys(both, "[::1]", "2222") == "ssh-rsa AAAA2\n");
}

TEST_CASE("a key that is revoked is no host's") {
    const std::string keys = "jumpbox ssh-rsa AAAA1\njumpbox ssh-rsa AAAA2\n";
    CHECK(known_host_keys(keys + "@revoked * ssh-rsa AAAA1\n", "jumpbox", "22") ==
          "ssh-rsa AAAA2\n");
    CHECK(known_host_keys("@revoked jumpbox ssh-rsa AAAA2 me@x\n" + keys, "jumpbox", "22") ==
          "ssh-rsa AAAA1\n");
    CHECK(known_host_keys("@revoked\n@revoked jumpbox\n" + keys, "jumpbox", "22") ==
          "ssh-rsa AAAA1\nssh-rsa AAAA2\n");
    CHECK_THROWS_WITH_AS(
        known_host_keys(keys + "@revoked * x AAAA1\n@revoked * x AAAA2\n", "jumpbox", "22"),
        "whatever key it has of jumpbox is revoked there", std::invalid_argument);
    CHECK(known_host_keys("@revoked * ssh-rsa AAAA1\n", "jumpbox", "22").empty());
}

TEST_CASE("names may be hashed") {
    const std::string both = hashed_jumpbox + hashed_port;
    CHECK(known_host_keys(both, "jumpbox", "22") == "ssh-ed25519 AAAA1\n");
    CHECK(known_host_keys(both, "jumpbox", "2222") == "ssh-ed25519 AAAA2\n");
    CHECK(known_host_keys(both, "other", "22").empty());
    CHECK(known_host_keys("|1|x ssh-rsa A\n|1||\n|1|====|x ssh-rsa A\n", "jumpbox", "22").empty());
}
