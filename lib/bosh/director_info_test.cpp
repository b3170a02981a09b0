#include "bosh/director_info.h"

#include <doctest/doctest.h>

#include "core/failure.h"

using upkeep::bosh::parse_director_info;

namespace {

std::string refusal(const char* text) {
    try {
        parse_director_info(text, "https://director/info");
        return "fine";
    } catch (const upkeep::Failure& failure) {
        CHECK(failure.doing() == "reading https://director/info");
        return failure.why();
    }
}

}  // namespace

TEST_CASE("a director with a UAA") {
    const auto info = parse_director_info(
        R"({"name": "bosh-staging", "uuid": "u-1", "version": "282.1.2", "user": null,
            "cpi": "aws_cpi", "stemcell_os": "ubuntu-jammy", "stemcell_version": "1.1364",
            "user_authentication": {"type": "uaa", "options": {"url": "https://10.0.0.6:8443",
                                                               "urls": ["https://10.0.0.6:8443"]}},
            "features": {}})",
        "https://director/info");
    CHECK(info.name == "bosh-staging");
    CHECK(info.uuid == "u-1");
    CHECK(info.cpi == "aws_cpi");
    CHECK(info.uaa_url == "https://10.0.0.6:8443");
    CHECK(info.stemcell_os == "ubuntu-jammy");
    CHECK(info.stemcell_version == "1.1364");
}

TEST_CASE("a director with its own users, which does not know its stemcell") {
    const auto info = parse_director_info(
        R"({"stemcell_os": "-", "stemcell_version": "-",
            "user_authentication": {"type": "basic", "options": {}}})",
        "https://director/info");
    CHECK_FALSE(info.uaa_url);
    CHECK_FALSE(info.stemcell_os);
    CHECK_FALSE(info.stemcell_version);
}

TEST_CASE("what is no director is told from one") {
    CHECK(refusal("<html>") != "fine");
    CHECK(refusal("[]") == "it is a list, wanted: an object");
    CHECK(refusal("{}") == "it does not say how to sign in (user_authentication.type)");
    CHECK(refusal(R"({"user_authentication": {"type": "uaa", "options": {}}})") ==
          "it signs in by UAA, but does not say where that is");
}
