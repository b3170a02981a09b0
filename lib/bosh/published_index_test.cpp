#include "bosh/published_index.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/failure.h"

using upkeep::Failure;
using upkeep::bosh::IndexedStemcell;
using upkeep::bosh::IndexReader;
using upkeep::bosh::is_index_file;
using upkeep::bosh::may_hold_index_files;
using upkeep::bosh::parse_meta4;
using upkeep::bosh::PublishedLines;

namespace {

std::string file(const std::string& name) {
    return "  <file name=\"" + name + "\">\n    <hash type=\"sha-256\">e4852d</hash>\n" +
           "    <size>1271789435</size>\n    <url>https://127.0.0.1/" + name + "</url>\n" +
           "    <version>1.943</version>\n  </file>\n";
}

std::string metalink(const std::string& inner,
                     const std::string& date = "2025-10-24T19:24:33.152560721Z") {
    return "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">\n" + inner +
           "  <generator>metalink-repository-resource/0.0.0</generator>\n" +
           (date.empty() ? "" : "  <published>" + date + "</published>\n") + "</metalink>";
}

// "name version light china date", a line each.
std::string summary(const std::string& text) {
    std::string result;
    for (const IndexedStemcell& stemcell : parse_meta4(text, "it")) {
        result += stemcell.name + " " + stemcell.version.text() + (stemcell.light ? " light" : "") +
                  (stemcell.china ? " china" : "") +
                  (stemcell.published ? " " + upkeep::to_text(*stemcell.published) : "") + "\n";
    }
    return result;
}

std::string why(const std::string& text) {
    try {
        return "nothing was thrown, read was " + summary(text);
    } catch (const Failure& failure) {
        CHECK(failure.doing() == "reading the published stemcells from it");
        return failure.why();
    }
}

void check_why(const std::string& text, const std::string& part) {
    const std::string reason = why(text);
    INFO(reason);
    CHECK(reason.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("a file of the index: names as bosh.io makes them") {
    CHECK(summary(metalink(file("bosh-stemcell-1.943-aws-xen-hvm-ubuntu-jammy-go_agent.tgz") +
                           file("bosh-stemcell-1.943-openstack-kvm-ubuntu-jammy-go_agent-raw.tgz") +
                           file("light-bosh-stemcell-0.93-google-kvm-ubuntu-resolute.tgz"))) ==
          "bosh-aws-xen-hvm-ubuntu-jammy-go_agent 1.943 2025-10-24T19:24:33Z\n"
          "bosh-openstack-kvm-ubuntu-jammy-go_agent-raw 1.943 2025-10-24T19:24:33Z\n"
          "bosh-google-kvm-ubuntu-resolute 0.93 light 2025-10-24T19:24:33Z\n");
    CHECK(summary(metalink(
              file("light-china-bosh-stemcell-3363-aws-xen-hvm-ubuntu-trusty-go_agent.tgz"), "")) ==
          "bosh-aws-xen-hvm-ubuntu-trusty-go_agent 3363 light china\n");
    CHECK(summary("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + metalink(file("notes.txt")))
              .empty());
    CHECK(summary(metalink("<x><file name='bosh-stemcell-1-a.tgz'/></x>")).empty());
    CHECK(summary("<m:metalink xmlns:m='urn:ietf:params:xml:ns:metalink'>"
                  "<m:file m:name='x' name='a/b/bosh-stemcell-2-a-b-c.tgz'/></m:metalink>") ==
          "bosh-a-b-c 2\n");
}

TEST_CASE("what is no file of the index") {
    check_why("", "not well-formed");
    check_why(metalink(file("a")).substr(0, 300), "not well-formed");
    check_why("<html><body></body></html>", "does not begin a metalink");
    check_why("<metalink><file name='bosh-stemcell-1-a.tgz'/></metalink>",
              "does not begin a metalink");
    check_why("<!DOCTYPE metalink [<!ENTITY a 'b'>]>" + metalink(""), "DOCTYPE");
    check_why(metalink(file("bosh-stemcell-1..2-aws-xen-hvm-ubuntu-noble.tgz")),
              "line 2 names a stemcell without a version");
    check_why(metalink(file("bosh-stemcell--aws.tgz")), "without a version");
    check_why(metalink(file("bosh-stemcell-1.2.tgz")), "without a name");
    check_why(metalink("", "yesterday"), "has a date that is none: yesterday");
    CHECK(why(metalink("", std::string(10'000, '9'))).size() < 120);
    std::string deep;
    for (int i = 0; i < 100; ++i) {
        deep += "<a>";
    }
    check_why(metalink(deep), "nested deeper than 32 levels");
}

TEST_CASE("which files and folders of a checkout are worth a look") {
    const IndexReader reader(
        {"bosh-aws-xen-hvm-ubuntu-jammy-go_agent", "bosh-google-kvm-windows2019-go_agent"});
    CHECK(reader.wants("published/ubuntu-jammy/1.943/stemcells.aws.meta4"));
    CHECK(reader.wants("./cpi-index/published/ubuntu-jammy/1.943/stemcells.meta4"));
    CHECK(reader.wants("ubuntu-jammy/1.943/stemcells.meta4"));
    CHECK(reader.wants("published/windows-2019/2019.71/google-kvm-go_agent.meta4"));
    CHECK(reader.wants("published/wwindows-2019/22019.23/google-kvm-go_agent.meta4"));
    CHECK_FALSE(reader.wants("published/ubuntu-noble/1.11/stemcells.meta4"));
    CHECK_FALSE(reader.wants("published/ubuntu-jammy-fips/1.1331/stemcells.meta4"));
    CHECK(IndexReader({"bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent"})
              .wants("published/ubuntu-jammy-fips/1.1331/stemcells.meta4"));
    CHECK_FALSE(IndexReader({}).wants("published/ubuntu-jammy/1.943/stemcells.meta4"));

    for (const char* path :
         {"dev/ubuntu-jammy/1.943/stemcells.meta4", "published/ubuntu-jammy/x.meta4",
          "candidate/ubuntu-jammy/1.9/stemcells.meta4", "stemcells.meta4", "",
          "published/ubuntu-jammy/1.943/notes.yml", "dev/ubuntu-jammy/x.meta4"}) {
        INFO(path);
        CHECK_FALSE(is_index_file(path));
        CHECK_FALSE(reader.wants(path));
    }
    CHECK(is_index_file("published/ubuntu-noble/1.11/stemcells.meta4"));

    for (const char* folder :
         {"", "published", "core", "core/published", "core/published/ubuntu-jammy",
          "published/ubuntu-jammy/1.943", "ubuntu-jammy/1.943"}) {
        INFO(folder);
        CHECK(may_hold_index_files(folder));
    }
    for (const char* folder :
         {".git", "core/.git/objects", "dev", "core/dev/ubuntu-jammy", "candidate",
          "cpi/candidate-aws-light", "published/a/b/c", "a/b/c/d"}) {
        INFO(folder);
        CHECK_FALSE(may_hold_index_files(folder));
    }
}

TEST_CASE("two indexes make one list, with what is light and since when") {
    IndexReader reader({"bosh-aws-xen-hvm-ubuntu-noble"});
    reader.add(metalink(file("light-bosh-stemcell-1.9-aws-xen-hvm-ubuntu-noble.tgz"),
                        "2026-01-02T00:12:00Z"),
               "cpi");
    reader.add(metalink(file("bosh-stemcell-1.11-aws-xen-hvm-ubuntu-noble.tgz") +
                            file("bosh-stemcell-1.11-azure-hyperv-ubuntu-noble.tgz"),
                        ""),
               "core");
    reader.add(
        metalink(file("bosh-stemcell-1.9-aws-xen-hvm-ubuntu-noble.tgz"), "2026-01-02T00:00:00Z"),
        "core");
    reader.add(metalink(file("light-china-bosh-stemcell-1.7-aws-xen-hvm-ubuntu-noble.tgz")), "cpi");
    const PublishedLines lines = reader.take_lines();
    REQUIRE(lines.size() == 2);
    const upkeep::bosh::PublishedLine& line = lines.at("bosh-aws-xen-hvm-ubuntu-noble");
    REQUIRE(line.size() == 3);
    CHECK(line[0].version.text() == "1.11");
    CHECK(line[0].regular);
    CHECK_FALSE(line[0].light);
    CHECK_FALSE(line[0].published);
    CHECK(line[1].version.text() == "1.9");
    CHECK(line[1].regular);
    CHECK(line[1].light);
    CHECK(line[1].published == upkeep::parse_moment("2026-01-02T00:00:00Z"));
    CHECK_FALSE(line[2].regular);
    CHECK_FALSE(line[2].light);
    CHECK(reader.take_lines().empty());
}
