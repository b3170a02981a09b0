#include "bosh/deployments_json.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using upkeep::Failure;
using upkeep::parse_json;
using upkeep::bosh::Deployment;
using upkeep::bosh::parse_deployments_json;

namespace {

std::vector<Deployment> parsed(const std::string& text) {
    return parse_deployments_json(parse_json(text, "test"), "reading", "Give it.");
}

std::string why(const std::string& text) {
    try {
        parsed(text);
    } catch (const Failure& failure) {
        return failure.why();
    }
    return "nothing was thrown";
}

std::string table(const std::string& rows) {
    return R"({"Tables":[{"Content":"deployments","Header":{"name":"","stemcell_s":""},"Rows":[)" +
           rows + R"(]}],"Lines":null})";
}

}  // namespace

TEST_CASE("several tables, other tables between them, no Lines, no Blocks") {
    const std::vector<Deployment> deployments = parsed(
        R"({"Tables":[7,{"Content":"deployments","Header":{"name":"","stemcell_s":""},
                       "Rows":[{"name":"a","stemcell_s":"s/1\nt/2"}]},
                      {"Content":"vms","Header":{},"Rows":null},{"Content":null},
                      {"Content":"deployments","Header":{"name":"","stemcell_s":""},
                       "Rows":[{"name":"b","stemcell_s":"-"},{"name":"a","stemcell_s":"s/1\ns/2"},
                               {"name":"c","stemcell_s":""}]}]})");
    REQUIRE(deployments.size() == 3);
    CHECK(deployments[0] == Deployment{"a", {{"s", "1"}, {"t", "2"}, {"s", "2"}}, false});
    CHECK(deployments[1] == Deployment{"b", {}, false});
    CHECK(deployments[2] == Deployment{"c", {}, false});
}

TEST_CASE("a deployment that is locked in one row is locked") {
    CHECK(parsed(R"([{"name":"a","stemcells":[],"locked":true},
                     {"name":"a","stemcells":[],"locked":false}])")[0]
              .locked);
}

TEST_CASE("names and versions may be odd, as long as they are told apart") {
    CHECK(parsed(table(R"({"name":"<script>|\u001b","stemcell_s":"a b/&"})"))[0] ==
          Deployment{"<script>|\x1b", {{"a b", "&"}}, false});
}

TEST_CASE("what is wrong is named by its path") {
    CHECK(why(R"([{"stemcells":[]}])") == "[0].name is missing");
    CHECK(why(R"([{"name":"","stemcells":[]}])") == "[0].name is empty");
    CHECK(why(R"([{"name":7,"stemcells":[]}])") == "[0].name is a number, not a text");
    CHECK(why(R"([{"name":"a","stemcells":[]},3])") == "[1] is a number, not an object");
    CHECK(why(R"([{"name":"a"}])") == "[0].stemcells is missing (deployment \"a\")");
    CHECK(why(R"([{"name":"a","stemcells":{}}])") == "[0].stemcells is an object, not a list");
    CHECK(why(R"([{"name":"a","stemcells":["s/1"]}])") ==
          "[0].stemcells[0] is a text, not an object");
    CHECK(why(R"([{"name":"a","stemcells":[{"name":"s"}]}])") ==
          "[0].stemcells[0].version is missing");
    CHECK(why(R"([{"name":"a","stemcells":[{"name":"s","version":1.5}]}])") ==
          "[0].stemcells[0].version is a number, not a text");
    CHECK(why(R"([{"name":"a","stemcells":[{"name":"s","version":""}]}])") ==
          "[0].stemcells[0].version is empty");
    CHECK(why(R"([{"name":"a","stemcells":[],"locked":"no"}])") ==
          "[0].locked is a text, not true or false");
    CHECK(why(table(R"({"stemcell_s":""})")) == "Tables[0].Rows[0].name is missing");
    CHECK(why(table(R"({"name":"a"})")) == "Tables[0].Rows[0].stemcell_s is missing");
    CHECK(why(table("1")) == "Tables[0].Rows[0] is a number, not an object");
}

TEST_CASE("cells that hold no stemcell") {
    for (const std::string cell : {"s", "s/", "/1", "a/b/1", "s/1\\n\\nt/2", "s/1\\nt", "--"}) {
        INFO(cell);
        CHECK(why(table(R"({"name":"a","stemcell_s":")" + cell + "\"}"))
                  .find("not NAME/VERSION (deployment \"a\")") != std::string::npos);
    }
}

TEST_CASE("headers and rows of the wrong kind") {
    CHECK(why(R"({"Tables":[{"Content":"deployments","Header":["Name"],"Rows":[]}]})")
              .find("before April 2017") != std::string::npos);
    CHECK(why(R"({"Tables":[{"Content":"deployments","Rows":[]}]})") ==
          "Tables[0].Header is missing");
    CHECK(why(R"({"Tables":[{"Content":"deployments","Header":{"name":""},"Rows":[]}]})") ==
          "Tables[0].Header lacks name or stemcell_s");
    CHECK(why(R"({"Tables":[{"Content":"deployments","Header":{"name":"","stemcell_s":""}}]})") ==
          "Tables[0].Rows is missing");
    CHECK(why(R"({"Tables":[{"Content":"deployments","Header":{"name":"","stemcell_s":""},
                             "Rows":null}]})") == "Tables[0].Rows is null, not a list");
    CHECK(why(R"({"Tables":null,"Lines":"x"})") == "Lines is a text, not a list");
    CHECK(why(R"({"Tables":null,"Lines":[1]})") == "Lines holds a number, not only texts");
}

TEST_CASE("an exit code counts, even beside a table") {
    CHECK(why(R"({"Tables":[{"Content":"deployments","Header":{"name":"","stemcell_s":""},
                             "Rows":[]}],"Lines":["out of\n  memory","Exit code 1"]})") ==
          "bosh failed, it said: out of memory");
}

TEST_CASE("errors of a director, and what is no deployment at all") {
    CHECK(why(R"({"code":600000,"description":"Require one of the scopes: bosh.admin"})")
              .find("Require one of the scopes") != std::string::npos);
    CHECK(why(R"({"error":"unauthorized","error_description":"Bad credentials"})") ==
          "it is an error: Bad credentials");
    CHECK(why(R"({"a":1,"b":2})") == "it is an object with the keys a, b, not deployments");
    CHECK(why("\"x\"") == "it is a text, not deployments");
}
