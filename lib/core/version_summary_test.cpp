// The words of a version: what a person sees of it in Concourse.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/version.h"

using upkeep::OpenFinding;

namespace {

// "a" is the finding with the id aaaaaaaaaaaaaaaa about deployment-a.
std::vector<OpenFinding> open(const std::string& letters) {
    std::vector<OpenFinding> findings;
    for (const char letter : letters) {
        findings.push_back({std::string(16, letter), std::string("deployment-") + letter, false});
    }
    return findings;
}

std::string summary(const std::vector<OpenFinding>& findings) {
    const upkeep::Day today = std::chrono::year{2026} / 11 / 23;
    return next_versions({}, findings, true, {}, today)[0].at("summary");
}

}  // namespace

TEST_CASE("the summary says the first subjects, once each") {
    CHECK(summary(open("a")) == "deployment-a");
    CHECK(summary(open("cab")) == "deployment-a, deployment-b and deployment-c");
    CHECK(summary(open("dcab")) == "deployment-a, deployment-b, deployment-c and 1 more");
    std::vector<OpenFinding> odd = open("abc");
    odd[1].subject = odd[0].subject;
    CHECK(summary(odd) == "deployment-a and deployment-c");
    // In the order of the subjects, not of the ids or of the look.
    odd[0].subject = "zebra";
    CHECK(summary(odd) == "deployment-a, deployment-c and zebra");
    odd.push_back(odd[0]);
    odd.back().subject = "ape";
    CHECK(summary(odd) == "ape, deployment-a and deployment-c");
    std::swap(odd.front(), odd.back());
    CHECK(summary(odd) == "ape, deployment-a and deployment-c");
    odd = open("abc");
    odd[1].subject = odd[0].subject;
    odd[2].subject.clear();
    CHECK(summary(odd) == "deployment-a and 1 more");
    odd[0].subject = odd[1].subject = std::string("\x1b[2J<script>\0", 13);
    CHECK(summary(odd) == "\\x1b[2J<script>\\x00 and 1 more");
    odd[0].subject = odd[1].subject = "";
    CHECK(summary(odd) == "3 findings");
    CHECK(summary({{std::string(16, 'a'), std::string(70, 'x'), false}}).size() < 66);
}
