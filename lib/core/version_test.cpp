#include "core/version.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>

#include "core/failure.h"

using std::chrono::days;
using upkeep::Day;
using upkeep::next_versions;
using upkeep::OpenFinding;
using upkeep::VersionFields;
using upkeep::VersionRules;

namespace {

using Answer = std::vector<VersionFields>;

const Day today = std::chrono::year{2026} / 11 / 23;
const VersionRules defaults;

// "a" is the finding with the id aaaaaaaaaaaaaaaa about deployment-a.
std::string id(char letter) {
    return std::string(16, letter);
}

std::vector<OpenFinding> open(const std::string& letters) {
    std::vector<OpenFinding> findings;
    for (const char letter : letters) {
        findings.push_back(
            {id(letter) + std::string(48, '0'), std::string("deployment-") + letter, false});
    }
    return findings;
}

std::vector<OpenFinding> recurring(const std::string& letters) {
    std::vector<OpenFinding> findings = open(letters);
    for (OpenFinding& finding : findings) {
        finding.recurs = true;
    }
    return findings;
}

std::vector<OpenFinding> numbered(std::size_t from, std::size_t to) {
    std::vector<OpenFinding> findings;
    for (std::size_t i = from; i < to; ++i) {
        const std::string digits = std::to_string(100'000 + i);
        findings.push_back({std::string(10, '0') + digits, "deployment-" + digits, false});
    }
    return findings;
}

std::string names(const std::string& letters) {
    std::string text;
    for (const char letter : letters) {
        text += (text.empty() ? "" : ",") + id(letter);
    }
    return text;
}

VersionFields version(const std::string& letters, const std::string& change) {
    return {{"open", names(letters)},
            {"count", std::to_string(letters.size())},
            {"summary", "as it was"},
            {"change", change}};
}

// The one version that follows what was handed in.
VersionFields following(const VersionFields& handed_in, const std::vector<OpenFinding>& findings,
                        const VersionRules& rules = defaults) {
    const Answer answer = next_versions(handed_in, findings, true, rules, today);
    REQUIRE(answer.size() == 2);
    CHECK(answer[0] == handed_in);
    return answer[1];
}

bool nothing_follows(const VersionFields& handed_in, const std::vector<OpenFinding>& findings,
                     const VersionRules& rules = defaults) {
    return next_versions(handed_in, findings, true, rules, today) == Answer{handed_in};
}

}  // namespace

TEST_CASE("a first version names what is open; the baseline, that nothing is") {
    CHECK(next_versions({}, open("ba"), true, defaults, today) ==
          Answer{{{"open", names("ab")},
                  {"count", "2"},
                  {"summary", "deployment-a and deployment-b"},
                  {"change", "2026-11-23.1"}}});
    CHECK(next_versions({}, {}, true, defaults, today) ==
          Answer{{{"open", ""}, {"count", "0"}, {"summary", "nothing open"}, {"change", "0"}}});
    VersionRules bare;
    bare.baseline = false;
    CHECK(next_versions({}, {}, true, bare, today).empty());
    CHECK(next_versions({}, open("a"), true, bare, today).size() == 1);
}

TEST_CASE("what stays or goes gives no version, what is new does") {
    const VersionFields before = version("ab", "2026-11-20.7");
    CHECK(nothing_follows(before, open("ab")));
    CHECK(nothing_follows(before, open("b")));
    CHECK(nothing_follows(before, open("")));
    CHECK(following(before, open("abc")).at("open") == names("abc"));
    CHECK(following(before, open("c")).at("open") == names("c"));
    CHECK(following(version("", "0"), open("c")).at("change") == "2026-11-23.1");
}

TEST_CASE("what was handed in comes back unchanged, whatever else it says") {
    VersionFields before = version("a", "2026-11-20.7");
    before["colour"] = "red";
    before["count"] = "many";
    before["finding"] = "none";
    CHECK(nothing_follows(before, open("a")));
    CHECK(following(before, open("b")).contains("colour") == false);
}

TEST_CASE("the change is of today, or continues that of a later day") {
    struct Row {
        std::string before;
        std::string findings;
        std::string after;
    };
    // Before, ab were open.
    const std::array rows{
        Row{"2026-11-22.9", "abc", "2026-11-23.1"},
        Row{"2026-11-23.9", "abc", "2026-11-23.9"},  // the count tells them apart
        Row{"2026-11-23.9", "ac", "2026-11-23.10"},  // as many as before
        Row{"2026-11-23.9", "c", "2026-11-23.10"},   // fewer
        Row{"2027-04-01.3", "c", "2027-04-01.4"},    // by a wrong clock: still never twice
        Row{"2027-04-01.3", "abc", "2027-04-01.3"},
        Row{"2026-11-23.999999999", "ac", "2026-11-23.1"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.before);
        CAPTURE(row.findings);
        CHECK(following(version("ab", row.before), open(row.findings)).at("change") == row.after);
    }
}

TEST_CASE("an incomplete look takes nothing as gone") {
    const VersionFields before = version("abc", "2026-11-20.1");
    CHECK(next_versions(before, open("b"), false, defaults, today) == Answer{before});
    const Answer answer = next_versions(before, open("bd"), false, defaults, today);
    REQUIRE(answer.size() == 2);
    CHECK(answer[1].at("open") == names("abcd"));
    CHECK(answer[1].at("count") == "4");
    // What it did not see it cannot call by name.
    CHECK(answer[1].at("summary") == "deployment-b, deployment-d and 2 more");
}

TEST_CASE("a reminder repeats what is open") {
    VersionRules weekly;
    weekly.remind = days{7};
    VersionRules never;
    never.remind = days{0};
    const VersionFields week_ago = version("a", "2026-11-16.2");
    CHECK(following(week_ago, open("a"), weekly).at("change") == "2026-11-23.1");
    CHECK(nothing_follows(version("a", "2026-11-17.1"), open("a"), weekly));
    CHECK(nothing_follows(week_ago, open("a"), never));
    CHECK(nothing_follows(week_ago, open(""), weekly));
    CHECK(following(version("ab", "2026-11-16.2"), open("a"), weekly).at("open") == names("a"));
    CHECK(following(version("a", "0"), open("a"), weekly).at("change") == "2026-11-23.1");
}

TEST_CASE("what can recur is repeated every day, unless a source says otherwise") {
    const VersionFields yesterday = version("ab", "2026-11-22.1");
    CHECK(following(yesterday, recurring("a")).at("change") == "2026-11-23.1");
    CHECK(nothing_follows(version("ab", "2026-11-23.1"), recurring("a")));
    CHECK(nothing_follows(yesterday, open("a")));
    VersionRules never;
    never.remind = days{0};
    CHECK(nothing_follows(yesterday, recurring("a"), never));
}

TEST_CASE("a reminder ends the reign of a wrong clock, but not of one a little ahead") {
    CHECK(following(version("a", "2027-11-23.1"), recurring("a")).at("change") == "2026-11-23.1");
    CHECK(nothing_follows(version("a", "2026-11-24.1"), recurring("a")));
}

TEST_CASE("triggers: change tells of what has gone, too") {
    VersionRules rules;
    rules.triggers = VersionRules::Triggers::change;
    const VersionFields before = version("ab", "2026-11-23.1");
    CHECK(nothing_follows(before, open("ab"), rules));
    CHECK(following(before, open("a"), rules).at("change") == "2026-11-23.2");
    const VersionFields cleared = following(before, open(""), rules);
    CHECK(cleared.at("open").empty());
    CHECK(cleared.at("summary") == "nothing open");
    CHECK(cleared.at("change") == "2026-11-23.2");
    CHECK(nothing_follows(cleared, open(""), rules));
    CHECK(next_versions(before, open("a"), false, rules, today) == Answer{before});
}

TEST_CASE("each: one version for each new finding, in the order of the ids") {
    VersionRules rules;
    rules.each = true;
    const Answer answer =
        next_versions(version("ce", "2026-11-23.4"), open("dcb"), true, rules, today);
    REQUIRE(answer.size() == 3);
    CHECK(answer[1].at("finding") == id('b'));
    CHECK(answer[1].at("open") == names("bc"));
    CHECK(answer[1].at("change") == "2026-11-23.5");
    CHECK(answer[2].at("finding") == id('d'));
    CHECK(answer[2].at("open") == names("bcd"));
    CHECK(answer[2].at("change") == "2026-11-23.5");
    CHECK_FALSE(next_versions({}, open("ab"), true, rules, today)[0].contains("finding"));
    // While there are only more, the number is as good as it was.
    CHECK(following(version("c", "2026-11-23.4"), open("cd"), rules).at("change") ==
          "2026-11-23.4");
}

TEST_CASE("each: more than a hundred at once are one version") {
    VersionRules rules;
    rules.each = true;
    const VersionFields before = version("", "0");
    CHECK(next_versions(before, numbered(0, 100), true, rules, today).size() == 101);
    const Answer answer = next_versions(before, numbered(0, 101), true, rules, today);
    REQUIRE(answer.size() == 2);
    CHECK_FALSE(answer[1].contains("finding"));
    CHECK(answer[1].at("count") == "101");
}

TEST_CASE("each: where the new ones cannot be told, one version has to do") {
    VersionRules rules;
    rules.each = true;
    VersionFields digest = version("", "2026-11-23.1");
    digest["open"] = "sha256:" + std::string(64, '0');
    digest["count"] = "1";
    CHECK_FALSE(following(digest, open("ab"), rules).contains("finding"));
    digest["change"] = "2026-11-22.1";
    digest["finding"] = id('a');
    const Answer reminded = next_versions(digest, recurring("a"), false, rules, today);
    REQUIRE(reminded.size() == 2);
    CHECK_FALSE(reminded[1].contains("finding"));
}

TEST_CASE("beyond 500, open is a digest") {
    const VersionFields named = following(version("", "0"), numbered(0, 500));
    CHECK(named.at("open").size() == 500 * 17 - 1);
    const VersionFields digest = following(named, numbered(0, 501));
    CHECK(digest.at("open").substr(0, 7) == "sha256:");
    CHECK(digest.at("open").size() == 7 + 64);
    CHECK(digest.at("count") == "501");
    CHECK(digest.at("change") == "2026-11-23.1");
    CHECK(nothing_follows(digest, numbered(0, 501)));
    // The order of the look is nothing to the digest.
    std::vector<OpenFinding> turned = numbered(0, 501);
    std::swap(turned.front(), turned.back());
    CHECK(nothing_follows(digest, turned));
}

TEST_CASE("beyond 500, another set is a version once a day, or when there are more") {
    VersionFields digest = following(version("", "0"), numbered(0, 501));
    CHECK(nothing_follows(digest, numbered(1, 502)));
    CHECK(nothing_follows(digest, numbered(0, 20)));
    const VersionFields grown = following(digest, numbered(1, 503));
    CHECK(grown.at("count") == "502");
    CHECK(grown.at("change") == "2026-11-23.1");
    digest["change"] = "2026-11-22.5";
    CHECK(following(digest, numbered(1, 502)).at("change") == "2026-11-23.1");
    CHECK(following(digest, open("ab")).at("open") == names("ab"));
    CHECK(nothing_follows(digest, {}));
    digest["change"] = "2027-11-22.5";
    CHECK(following(digest, numbered(1, 502)).at("change") == "2026-11-23.1");
}

TEST_CASE("beyond 500, an incomplete look leaves the digest as it is") {
    VersionFields digest = following(version("", "0"), numbered(0, 501));
    digest["change"] = "2026-11-22.1";
    CHECK(next_versions(digest, open("ab"), false, defaults, today) == Answer{digest});
    const Answer reminded = next_versions(digest, recurring("ab"), false, defaults, today);
    REQUIRE(reminded.size() == 2);
    CHECK(reminded[1].at("open") == digest.at("open"));
    CHECK(reminded[1].at("count") == "501");
    CHECK(reminded[1].at("change") == "2026-11-23.1");
    const Answer more = next_versions(digest, numbered(0, 502), false, defaults, today);
    REQUIRE(more.size() == 2);
    CHECK(more[1].at("count") == "502");
}

TEST_CASE("a version that cannot be read counts as none") {
    VersionFields before = version("a", "2026-02-30.1");
    CHECK(next_versions(before, open("a"), true, defaults, today).size() == 1);
    CHECK(next_versions(VersionFields{{"ref", "61cbef"}}, {}, true, defaults, today)[0].at(
              "change") == "0");
}

TEST_CASE("a finding without a proper id is a mistake of ours, and said") {
    CHECK_THROWS_AS(next_versions({}, {{"event-1", "x", false}}, true, defaults, today),
                    upkeep::Failure);
}
