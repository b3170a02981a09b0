// Real output of bosh, old and new, as tests/data/bosh/README.md says.
#include "bosh/deployment.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/failure.h"

using upkeep::Failure;
using upkeep::bosh::Deployment;
using upkeep::bosh::parse_deployments;
using upkeep::bosh::StemcellReference;

namespace {

const std::string jammy = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent";
const std::string noble = "bosh-aws-xen-hvm-ubuntu-noble";

std::string read_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    REQUIRE_MESSAGE(stream, path);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string data(const std::string& name) {
    return read_file("tests/data/bosh/" + name);
}

// "name: stemcell/version stemcell/version", a line each.
std::string summary(const std::vector<Deployment>& deployments) {
    std::string text;
    for (const Deployment& deployment : deployments) {
        text += deployment.name + ":";
        for (const StemcellReference& stemcell : deployment.stemcells) {
            text += " " + stemcell.name + "/" + stemcell.version;
        }
        text += deployment.locked ? " locked\n" : "\n";
    }
    return text;
}

std::string parsed(const std::string& text) {
    return summary(parse_deployments(text, "it").all);
}

Failure failure_of(const std::string& text) {
    try {
        parse_deployments(text, "cf.txt");
    } catch (const Failure& failure) {
        return failure;
    }
    FAIL("nothing was thrown for: " << text);
    return {"", ""};
}

bool contains(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what bosh deployments prints: JSON, to a pipe, to a terminal, today and years ago") {
    const std::string wanted = "cf: " + jammy + "/1.404 " + noble + "/1.11\n" +
                               "concourse: " + jammy + "/1.406\n" + "empty:\n" + "logs: " + jammy +
                               "/1.404 " + jammy + "/1.406\n";
    for (const char* name :
         {"deployments.json", "deployments.pipe.txt", "deployments.terminal.txt",
          "deployments-2017.json", "deployments-2017.pipe.txt", "deployments-2017.terminal.txt",
          "deployments-2018.pipe.txt", "deployments-2018.terminal.txt", "two-columns.json",
          "two-columns.pipe.txt", "two-columns.terminal.txt"}) {
        INFO(name);
        CHECK(parsed(data(name)) == wanted);
    }
}

TEST_CASE("one name twice is one deployment, both versions of a line kept") {
    const std::string wanted =
        "cf: bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.404 bosh-aws-xen-hvm-ubuntu-noble/1.11\n"
        "db: bosh-aws-xen-hvm-ubuntu-noble/1.11\n";
    for (const char* name : {"double.json", "double.pipe.txt", "double.terminal.txt"}) {
        INFO(name);
        CHECK(parsed(data(name)) == wanted);
    }
}

TEST_CASE("stemcells of one's own names") {
    for (const char* name : {"custom.json", "custom.pipe.txt", "custom.terminal.txt"}) {
        INFO(name);
        CHECK(parsed(data(name)) == "x: acme-hardened/12.3 acme-edge/1_2\n");
    }
}

TEST_CASE("bosh deployment, for one of them") {
    const std::string wanted =
        "cf: bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.404 bosh-aws-xen-hvm-ubuntu-noble/1.11\n";
    for (const char* name : {"one.json", "one.pipe.txt", "one.terminal.txt"}) {
        INFO(name);
        CHECK(parsed(data(name)) == wanted);
    }
}

TEST_CASE("no deployments at all") {
    CHECK(parsed(data("none.json")).empty());
    CHECK(parsed(data("none.terminal.txt")).empty());
    CHECK(parsed("[]").empty());
    const Failure failure = failure_of(" \r\n\n");
    CHECK(failure.doing() == "reading the deployments from cf.txt");
    CHECK(failure.why() == "it is empty");
    contains(failure.advice(), "bosh deployments --json");
}

TEST_CASE("the director's own answer") {
    CHECK(parsed(R"([{"name":"cf","teams":[],"stemcells":[{"name":"a","version":"1"},
                      {"name":"b","version":"2"},{"name":"a","version":"1"}],"locked":true},
                     {"name":"old","stemcells":[],"releases":7}])") ==
          "cf: a/1 b/2 locked\nold:\n");
    CHECK(parsed("\xEF\xBB\xBF[]").empty());
}

TEST_CASE("a bosh that failed: what it said and what to do") {
    struct Row {
        const char* file;
        const char* said;
        const char* advice;
    };
    const Row rows[] = {
        {"fails-anonymous.json", "Not authorized: '/deployments'", "bosh log-in"},
        {"fails-scope.json", "requires one of the scopes: bosh.admin", "bosh.read"},
        {"fails-secret.json", "Bad credentials", "BOSH_CLIENT_SECRET"},
        {"fails-authority.txt", "certificate signed by unknown authority", "BOSH_CA_CERT"},
        {"fails-unreachable.json", "connection refused", "BOSH_ALL_PROXY"},
        {"fails-environment.json", "Expected non-empty Director URL", "BOSH_ENVIRONMENT"},
        {"fails-version.json", "'acme-hardened/1..2'", "bosh curl /deployments"},
        {"bad-column.json", "Failed to find header: stemcell", "--column"},
        {"bad-column.pipe.txt", "Failed to find header: stemcell", "--column"},
    };
    for (const Row& row : rows) {
        INFO(row.file);
        const Failure failure = failure_of(data(row.file));
        contains(failure.why(), row.said);
        contains(failure.advice(), row.advice);
        CHECK(failure.why().find("Using environment") == std::string::npos);
        CHECK(failure.why().find("Exit code") == std::string::npos);
    }
}

TEST_CASE("the output of another command is named") {
    struct Row {
        std::string text;
        const char* named;
    };
    const Row rows[] = {
        {data("stemcells.pipe.txt"), "bosh stemcells"},
        {data("stemcells.terminal.txt"), "bosh stemcells"},
        {data("env.terminal.txt"), "bosh env"},
        {R"({"Tables":[{"Content":"vms","Header":{},"Rows":[]}],"Lines":[]})", "bosh vms"},
        {R"({"Tables":[{"Content":"","Header":{"uuid":"UUID"},"Rows":[]}],"Lines":[]})",
         "bosh env"},
        {R"({"Tables":null,"Blocks":["x"],"Lines":["Succeeded"]})", "another bosh command"},
        {R"([{"name":"s","operating_system":"o","version":"1","cid":"c"}])", "GET /stemcells"},
        {R"([{"name":"s","version":"1","regular":{}}])", "published stemcells"},
        {R"({"manifest":"name: cf"})", "manifest"},
        {R"({"name":"d","user_authentication":{}})", "GET /info"},
        {"<!DOCTYPE html><html><head><title>Log in</title>", "HTML page (Log in)"},
        {"\xFF\xFE{", "UTF-16"},
        {std::string("cf\0capi", 7), "binary"},
        {"\x1F\x8B\x08", "compressed"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        contains(failure_of(row.text).why(), row.named);
    }
}

TEST_CASE("tables without names or without stemcells") {
    for (const char* name : {"no-stemcells.json", "no-stemcells.terminal.txt"}) {
        contains(failure_of(data(name)).advice(), "--column=stemcell_s");
    }
    contains(failure_of(data("no-stemcells.pipe.txt")).why(), "cannot be told");
}
