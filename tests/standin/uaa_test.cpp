#include "uaa.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

namespace standin {
namespace {

Arrival post(const std::string& body, const std::string& basic) {
    Arrival arrival;
    arrival.method = "POST";
    arrival.target = "/oauth/token";
    arrival.body = body;
    arrival.headers = {{"authorization", "Basic " + basic}};
    return arrival;
}

constexpr const char* upkeep = "dXBrZWVwOmEgYg==";        // upkeep:a b
constexpr const char* upkeep_coded = "dXBrZWVwOmElMjBi";  // upkeep:a%20b
constexpr const char* bosh_cli = "Ym9zaF9jbGk6";          // bosh_cli:

struct Known {
    std::vector<std::string> made;
    Tokens access{[this](const std::string& token) { made.push_back(token); }};
    Tokens refresh{[this](const std::string& token) { made.push_back(token); }};
    UaaSettings settings = parse_uaa(
        boost::json::parse(R"({"clients": {"upkeep": {"secret": "a b", "scopes": ["bosh.read"]}},
            "users": {"admin": {"password": "x", "scopes": ["bosh.admin"]}}, "refresh_uses": 1})"),
        "uaa");
    Uaa uaa{settings, access, refresh};

    boost::json::value body(const Arrival& arrival) {
        return boost::json::parse(uaa.answer(arrival).body);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Known, "stand-in: a UAA gives a client a token") {
    const boost::json::value body = this->body(post("grant_type=client_credentials", upkeep_coded));
    CHECK(body.at("scope") == "bosh.read");
    CHECK(body.at("token_type") == "bearer");
    CHECK_FALSE(body.as_object().contains("refresh_token"));
    REQUIRE(made.size() == 1);
    CHECK(boost::json::value_to<std::string>(body.at("access_token")) == made[0]);
    CHECK(access.use(made[0])->name() == "upkeep");
}

TEST_CASE_FIXTURE(Known, "stand-in: a user's token is refreshed, as often as was laid down") {
    const boost::json::value body =
        this->body(post("grant_type=password&username=admin&password=x", bosh_cli));
    const std::string again = "grant_type=refresh_token&refresh_token=" +
                              boost::json::value_to<std::string>(body.at("refresh_token"));
    CHECK(uaa.answer(post(again, bosh_cli)).status == 200);
    CHECK(uaa.answer(post(again, bosh_cli)).status == 401);
    CHECK(this->body(post(again, bosh_cli)).at("error") == "invalid_token");
}

TEST_CASE_FIXTURE(Known, "stand-in: what a UAA refuses") {
    const Reply wrong = uaa.answer(post("grant_type=client_credentials", "dXBrZWVwOng="));
    CHECK(wrong.status == 401);
    CHECK(wrong.body == R"({"error":"invalid_client","error_description":"Bad credentials"})");
    CHECK(uaa.answer(post("grant_type=password&username=admin&password=y", bosh_cli)).status ==
          401);
    CHECK(uaa.answer(post("grant_type=password&username=admin&password=x", upkeep_coded)).body ==
          R"({"error":"invalid_client","error_description":"Unauthorized grant type"})");
    CHECK(uaa.answer(post("", upkeep_coded)).status == 400);
    CHECK(made.empty());
}

TEST_CASE_FIXTURE(Known, "stand-in: a UAA in its compatibility mode takes a secret as it is") {
    CHECK(uaa.answer(post("grant_type=client_credentials", upkeep)).status == 200);
    settings.decodes_basic = false;
    Uaa compatible(settings, access, refresh);
    CHECK(compatible.answer(post("grant_type=client_credentials", upkeep)).status == 200);
    Arrival coded = post("grant_type=client_credentials", upkeep_coded);
    CHECK(compatible.answer(coded).status == 401);
    coded.headers.emplace_back("X-CF-ENCODED-CREDENTIALS", "true");
    CHECK(compatible.answer(coded).status == 200);
}

}  // namespace standin
