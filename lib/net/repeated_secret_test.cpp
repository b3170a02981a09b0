#include "net/repeated_secret.h"

#include <doctest/doctest.h>

#include "core/digest.h"
#include "core/failure.h"

namespace {

bool refused(const std::string& body, const std::string& password, const std::string& token = "") {
    upkeep::Endpoint endpoint;
    endpoint.username = "me";
    endpoint.password = upkeep::Secret(password);
    if (!token.empty()) {
        endpoint.token = upkeep::Secret(token);
    }
    try {
        upkeep::refuse_repeated_secret(body, endpoint, "getting it");
        return false;
    } catch (const upkeep::Failure& failure) {
        CHECK(std::string(failure.what()).find(password) == std::string::npos);
        return true;
    }
}

}  // namespace

TEST_CASE("an answer that holds a secret of its request is refused") {
    CHECK(refused("[{\"name\": \"hunter22\"}]", "hunter22"));
    CHECK(refused("a hunter%2B22 b", "hunter+22"));
    CHECK(refused("Basic " + upkeep::base64("me:pw"), "pw"));
    CHECK(refused("a token-of-mine", "hunter22", "token-of-mine"));
    CHECK(refused(R"([{"name": "hun\"ter22"}])", "hun\"ter22"));
    CHECK(refused(R"({"a": [1, {"\u0068unter22\/": null}]})", "hunter22/"));
    CHECK_FALSE(refused("[{\"name\": \"hunter2\"}]", "hunter22"));
    CHECK(refused(R"(table: {"a": "\u0068unter22)", "hunter22"));
    CHECK(refused(R"(["h\u00fCnter \ud83D\uDE00"])", "h\xC3\xBCnter \xF0\x9F\x98\x80"));
    CHECK_FALSE(refused(R"(["\\u0068unter22"])", "hunter22"));
    CHECK_FALSE(refused(R"(\u0068\u12\ud83d\ud83d\uxyzt\)", "hunter22"));
    CHECK_FALSE(refused("", "hunter22"));
}

TEST_CASE("a short secret may be there by chance") {
    CHECK_FALSE(refused("[{\"name\": \"hunter2\"}]", "hunter2"));
}
