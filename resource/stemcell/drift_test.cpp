#include "resource/stemcell/drift.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using upkeep::Day;
using upkeep::Finding;
using upkeep::Moment;
using upkeep::SemiSemanticVersion;
using upkeep::Severity;
using upkeep::bosh::PublishedStemcell;
using upkeep::stemcell::judge_line;
using upkeep::stemcell::KnownLine;
using upkeep::stemcell::Variant;

namespace {

const std::string line = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent";
const Moment now = Day{std::chrono::year{2026} / 11 / 23} + 12h;

PublishedStemcell published(const std::string& version, bool light = true) {
    return {*SemiSemanticVersion::parse(version), true, light, std::nullopt};
}

KnownLine known(std::vector<PublishedStemcell> versions) {
    return {std::move(versions), "https://bosh.example.com", "", {}};
}

const KnownLine jammy =
    known({published("1.1364"), published("1.1330"), published("1.1298"), published("1.99")});

std::optional<Finding> judge(const std::vector<std::string>& deployed,
                             const KnownLine& list = jammy, Variant variant = Variant::light) {
    return judge_line("cf", "staging", line, deployed, list, variant, now);
}

std::string detail(const Finding& finding, const std::string& name) {
    for (const auto& detail : finding.details) {
        if (detail.name == name) {
            return detail.value;
        }
    }
    return "";
}

}  // namespace

TEST_CASE("a deployment on the newest version is current") {
    CHECK_FALSE(judge({"1.1364"}));
    CHECK_FALSE(judge({"1.1364.0"}));
}

TEST_CASE("an older one is stale, by as many versions as were published since") {
    const auto finding = judge({"1.1298"});
    REQUIRE(finding);
    CHECK(finding->rule == "stale");
    CHECK(finding->subject == "cf");
    CHECK(finding->summary == line + " 1.1298 is 2 versions behind 1.1364");
    CHECK(finding->magnitude->value == 2);
    CHECK(finding->severity == Severity::medium);
    CHECK(finding->job_mends);
    CHECK_FALSE(finding->recurs);
    CHECK(judge({"1.99"})->magnitude->value == 3);
}

TEST_CASE(
    "the oldest of several versions counts, because a failed deploy leaves the old one listed") {
    const auto finding = judge({"1.1364", "1.1330"});
    REQUIRE(finding);
    CHECK(finding->summary == line + " 1.1330 is 1 version behind 1.1364; 1.1364 is listed too");
    CHECK(detail(*finding, "deployed") == "1.1364, 1.1330");
    CHECK(judge({"1.1330", "1.99"})->magnitude->value == 3);
}

TEST_CASE("what is not in the list was withdrawn, or never published: the list cannot tell") {
    const auto finding = judge({"1.1300"});
    REQUIRE(finding);
    CHECK(finding->rule == "withdrawn");
    CHECK(finding->severity == Severity::high);
    CHECK(finding->summary ==
          line +
              " 1.1300, which is not in the list (withdrawn, or never published there), is 2 "
              "versions behind 1.1364");
}

TEST_CASE("a version with a suffix never was in a list that has none") {
    for (const std::string version : {"1.1330-dev.3", "1.1330+dev.3", "1.1298_1-rc.1"}) {
        const auto finding = judge({version});
        REQUIRE(finding);
        CHECK(finding->rule == "unpublished");
        CHECK(finding->severity == Severity::medium);
        CHECK(finding->job_mends);
        CHECK(finding->summary.starts_with(line + " " + version +
                                           ", which was never published, is "));
    }
    CHECK(judge({"1.5-dev.1"})->summary ==
          line + " 1.5-dev.1, which was never published, is at least 4 versions behind 1.1364");
    CHECK(judge({"1.1364-dev.3"})->rule == "unpublished");
    const auto ahead = judge({"1.1364+dev.3"});
    REQUIRE(ahead);
    CHECK(ahead->rule == "ahead");
    CHECK(ahead->summary ==
          line +
              " 1.1364+dev.3, which was never published, is newer than the newest published one, "
              "1.1364");
    CHECK(ahead->advice.find("withdrawn") == std::string::npos);
}

TEST_CASE("where the list itself has suffixes, a suffix proves nothing") {
    const KnownLine own = known({published("1.3"), published("1.2+ours.2"), published("1.1")});
    CHECK(judge({"1.2+ours.1"}, own)->rule == "withdrawn");
    CHECK(judge({"1.2+ours.2"}, own)->rule == "stale");
}

TEST_CASE("a list that begins later than the deployed version does not call it withdrawn") {
    const auto finding = judge({"1.5"});
    REQUIRE(finding);
    CHECK(finding->rule == "stale");
    CHECK(finding->summary == line + " 1.5 is at least 4 versions behind 1.1364");
    CHECK(detail(*finding, "the list begins at") == "1.99");
}

TEST_CASE("what is newer than the newest is ahead, and no deploy mends that") {
    const auto finding = judge({"1.1400"});
    REQUIRE(finding);
    CHECK(finding->rule == "ahead");
    CHECK(finding->severity == Severity::low);
    CHECK_FALSE(finding->job_mends);
    // The old one beside it is what a deploy can mend.
    CHECK(judge({"1.1400", "1.1298"})->rule == "stale");
}

TEST_CASE("a line that is not published is said to be unknown, never current") {
    KnownLine other = known({});
    other.others = {"bosh-aws-xen-hvm-ubuntu-noble"};
    const auto finding = judge({"1.1364"}, other);
    REQUIRE(finding);
    CHECK(finding->rule == "unknown-line");
    CHECK(finding->summary ==
          line +
              " is not published at https://bosh.example.com, which has "
              "bosh-aws-xen-hvm-ubuntu-noble: whether 1.1364 is current cannot be told");
    CHECK(detail(*finding, "published there") == "bosh-aws-xen-hvm-ubuntu-noble");
    CHECK_FALSE(finding->job_mends);
    CHECK(finding->undecided);
}

TEST_CASE("light stemcells appear later: the newest counts once the variant in use is there") {
    const KnownLine list =
        known({published("1.1364", false), published("1.1330"), published("1.99")});
    CHECK_FALSE(judge({"1.1330"}, list));
    CHECK(judge({"1.1330"}, list, Variant::regular)->rule == "stale");
    const auto finding = judge({"1.99"}, list);
    REQUIRE(finding);
    CHECK(finding->magnitude->value == 1);
    CHECK(detail(*finding, "newest") == "1.1330");
    CHECK(detail(*finding, "not yet light") == "1.1364");
    // It is published, if not as light: neither ahead nor withdrawn.
    CHECK_FALSE(judge({"1.1364"}, list));
}

TEST_CASE("a line that is never published in the variant cannot be judged") {
    const auto finding = judge({"1.1"}, known({published("1.2", false)}));
    REQUIRE(finding);
    CHECK(finding->rule == "unknown-line");
    CHECK(finding->summary == line + " is published, but never as light");
}

TEST_CASE("days are counted from the first newer version, where dates are known") {
    KnownLine list = jammy;
    list.versions[0].published = now - 24h * 3;
    list.versions[1].published = now - 24h * 34;
    list.versions[2].published = now - 24h * 90;
    const auto finding = judge({"1.1298"}, list);
    REQUIRE(finding);
    CHECK(finding->since == now - 24h * 34);
    CHECK(finding->summary == line + " 1.1298 is 2 versions behind 1.1364, for 34 days");
    CHECK(judge({"1.1330"}, list)->summary ==
          line + " 1.1330 is 1 version behind 1.1364, for 3 days");
}

TEST_CASE("the id is made of what does not change, and the clock is no part of it") {
    const std::string id = judge({"1.1298"})->id;
    CHECK(judge_line("cf", "staging", line, {"1.1298"}, jammy, Variant::light, now + 24h * 9)->id ==
          id);
    CHECK(judge({"1.1330"})->id == id);  // the same line, the same newest
    std::set<std::string> others{id};
    others.insert(judge_line("cf2", "staging", line, {"1.1"}, jammy, Variant::light, now)->id);
    others.insert(judge_line("cf", "prod", line, {"1.1"}, jammy, Variant::light, now)->id);
    others.insert(judge_line("cf", "staging", "x", {"1.1"}, jammy, Variant::light, now)->id);
    KnownLine newer = jammy;
    newer.versions.insert(newer.versions.begin(), published("1.1400"));
    others.insert(judge({"1.1298"}, newer)->id);
    CHECK(others.size() == 5);
}

TEST_CASE("a version that BOSH could not compare is said, not passed over") {
    CHECK(judge({"1.1364", ""})->rule == "unreadable");
}

TEST_CASE("AWS and Google use light stemcells") {
    using upkeep::stemcell::usual_variant;
    upkeep::bosh::PublishedLine both{published("1.2"), published("1.1")};
    both[0].light = both[1].regular = false;
    for (const upkeep::bosh::PublishedLine& list : {both, upkeep::bosh::PublishedLine()}) {
        CHECK(usual_variant("bosh-aws-xen-hvm-ubuntu-noble", list) == Variant::light);
        CHECK(usual_variant("bosh-google-kvm-ubuntu-jammy-go_agent", list) == Variant::light);
        CHECK(usual_variant("bosh-vsphere-esxi-ubuntu-jammy-go_agent", list) == Variant::regular);
        CHECK(usual_variant("bosh-azure-hyperv-ubuntu-jammy-go_agent", list) == Variant::regular);
    }
}

TEST_CASE("a line that is published as the other variant alone is judged by that") {
    using upkeep::stemcell::usual_variant;
    upkeep::bosh::PublishedLine list{published("1.2"), published("1.1")};
    list[0].light = list[1].light = false;
    CHECK(usual_variant("bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent", list) == Variant::regular);
    list[0].light = list[1].light = true;
    list[0].regular = list[1].regular = false;
    CHECK(usual_variant("bosh-azure-hyperv-windows2019-go_agent", list) == Variant::light);
}

TEST_CASE("from ahead to behind the same newest version it is another finding") {
    const auto ahead = judge({"1.1400"});
    const auto stale = judge({"1.99"});
    REQUIRE(ahead->rule == "ahead");
    REQUIRE(stale->rule == "stale");
    CHECK(ahead->id != stale->id);
    CHECK(judge({"1.1401"})->id == ahead->id);
}

TEST_CASE("a page for people is linked where the list has one") {
    CHECK(judge({"1.99"})->links.empty());
    KnownLine list = jammy;
    list.page = "https://bosh.io/stemcells/x";
    const auto finding = judge({"1.99"}, list);
    REQUIRE(finding->links.size() == 1);
    CHECK(finding->links.front().url == list.page);
}
