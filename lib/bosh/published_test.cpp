#include "bosh/published.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using upkeep::Failure;
using upkeep::SemiSemanticVersion;
using upkeep::bosh::arrange;
using upkeep::bosh::parse_published;
using upkeep::bosh::PublishedLine;
using upkeep::bosh::PublishedLines;
using upkeep::bosh::PublishedStemcell;

namespace {

// "1.406 regular light, 1.404 light"
std::string summary(const PublishedLine& line) {
    std::string text;
    for (const PublishedStemcell& stemcell : line) {
        text += (text.empty() ? "" : ", ") + stemcell.version.text();
        text += stemcell.regular ? " regular" : "";
        text += stemcell.light ? " light" : "";
        text += stemcell.published ? " " + upkeep::to_text(*stemcell.published) : "";
    }
    return text;
}

Failure failure_of(const std::string& text) {
    try {
        parse_published(text, "list.json");
    } catch (const Failure& failure) {
        return failure;
    }
    FAIL("nothing was thrown for: " << text);
    return {"", ""};
}

void check_why(const std::string& text, const std::string& part) {
    const std::string why = failure_of(text).why();
    INFO(why);
    CHECK(why.find(part) != std::string::npos);
}

std::string entry(const std::string& version) {
    return R"({"name":"bosh-aws-xen-hvm-ubuntu-noble","version":")" + version +
           R"(","regular":{"url":"https://127.0.0.1/s.tgz","size":1}})";
}

}  // namespace

TEST_CASE("bosh.io's answer, newest first whatever its order") {
    const PublishedLines lines = parse_published(
        R"([{"name":"bosh-aws-xen-hvm-ubuntu-jammy-go_agent","version":"1.943",
             "regular":{"url":"u","size":1272958661,"md5":"","sha1":"b2a1","sha256":"e485"},
             "light":{"url":"u","size":13562892}},
            {"name":"bosh-aws-xen-hvm-ubuntu-jammy-go_agent","version":"1.1364","regular":{}},
            {"name":"bosh-aws-xen-hvm-ubuntu-jammy-go_agent","version":"1.1330","light":{}},
            {"name":"bosh-aws-xen-hvm-ubuntu-jammy-go_agent","version":"1.9","light_china":{},
             "light":null,"more":[]}])",
        "it");
    REQUIRE(lines.size() == 1);
    CHECK(lines.begin()->first == "bosh-aws-xen-hvm-ubuntu-jammy-go_agent");
    CHECK(summary(lines.begin()->second) ==
          "1.1364 regular, 1.1330 light, 1.943 regular light, 1.9");
}

TEST_CASE("several names in one list, or lists by name") {
    for (const char* text :
         {R"([{"name":"a","version":"1","light":{}},{"name":"b","version":"2","regular":{}}])",
          R"({"b":[{"name":"b","version":"2","regular":{}}],
              "a":[{"name":"a","version":"1","light":{}}]})"}) {
        const PublishedLines lines = parse_published(text, "it");
        REQUIRE(lines.size() == 2);
        CHECK(summary(lines.at("a")) == "1 light");
        CHECK(summary(lines.at("b")) == "2 regular");
    }
    check_why(R"({"c":[{"name":"a","version":"1","light":{}}]})", ".c[0].name is \"a\"");
}

TEST_CASE("nothing published is no failure") {
    CHECK(parse_published("[]", "it").empty());
    const PublishedLines lines = parse_published(R"({"a":[]})", "it");
    REQUIRE(lines.size() == 1);
    CHECK(lines.at("a").empty());
}

TEST_CASE("doubles are joined: every variant, the earliest date") {
    const upkeep::Moment noon = *upkeep::parse_moment("2026-11-23T12:00:00Z");
    const auto version = [](const char* text) { return *SemiSemanticVersion::parse(text); };
    PublishedLines lines{{"a",
                          {{version("1.0"), true, false, noon + std::chrono::hours(1)},
                           {version("2"), false, false, std::nullopt},
                           {version("1"), false, true, noon},
                           {version("2"), false, true, noon},
                           {version("2.0"), false, false, noon + std::chrono::hours(1)}}}};
    arrange(lines);
    CHECK(summary(lines.at("a")) ==
          "2 light 2026-11-23T12:00:00Z, 1.0 regular light 2026-11-23T12:00:00Z");
}

TEST_CASE("what is wrong is named by its path") {
    const std::string good = entry("1.11");
    CHECK(failure_of("[" + good + ",7]").why() == "[1] is a number, not an object");
    CHECK(failure_of("[" + good + R"(,{"version":"1"}])").why() == "[1].name is missing");
    CHECK(failure_of("[" + good + R"(,{"name":"a"}])").why() == "[1].version is missing");
    CHECK(failure_of("[" + good + R"(,{"name":"a","version":1.5}])").why() ==
          "[1].version is a number, not a text");
    CHECK(failure_of("[" + entry("") + "]").why() == "[0].version is empty");
    CHECK(failure_of("[" + good + "," + entry("1..2") + "]").why() ==
          "[1].version is \"1..2\", which BOSH does not take for a version "
          "(bosh-aws-xen-hvm-ubuntu-noble)");
    CHECK(failure_of("[" + good + R"(,{"name":"a","version":"1.5"}])").why() ==
          "[1] (a 1.5) has neither regular nor light");
    CHECK(failure_of(R"([{"name":"a","version":"1","light":"yes"}])").why() ==
          "[0].light is a text, not an object");
    CHECK(failure_of(R"({"a":{}})").why() == ".a is an object, not a list");
    CHECK(failure_of(R"({"a":[[]]})").why() == ".a[0] is a list, not an object");
    CHECK(failure_of("[" + good + ",7]").doing() ==
          "reading the published stemcells from list.json");
}

TEST_CASE("something else is named") {
    check_why("<html><title>Sign in</title></html>", "an HTML page (Sign in)");
    check_why("  <?xml version='1.0'?><metalink xmlns='urn:ietf:params:xml:ns:metalink'/>",
              "metalink");
    check_why("", "it is empty");
    check_why("404 page not found\nno", "it begins with: 404 page not found");
    check_why("[" + entry("1") + ",", "ends too early");
    check_why("\"1.11\"", "it begins with: \"1.11\"");
    check_why(R"([{"name":"github.com/cloudfoundry/uaa-release","version":"77","url":"u"}])",
              "a list of BOSH releases");
    check_why(R"([{"url":"u","tag_name":"ubuntu-jammy/v1.943"}])", "GitHub releases");
    check_why(R"([{"name":"s","operating_system":"o","version":"1","cid":"c"}])", "GET /stemcells");
    check_why(R"([{"name":"cf","stemcells":[]}])", "a director's deployments");
    check_why(R"({"error":"Param 'name' must be non-empty"})", "Param 'name' must be non-empty");
    check_why(R"({"message":"API rate limit exceeded","documentation_url":"u"})", "rate limit");
    check_why(R"({"Tables":[{"Content":"stemcells","Rows":[]}]})", "bosh stemcells --json");
    CHECK(failure_of("<html>").advice().find("?all=1") != std::string::npos);
}
