#include "core/semi_semantic.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

using upkeep::SemiSemanticVersion;

namespace {

SemiSemanticVersion version(const std::string& text) {
    const std::optional<SemiSemanticVersion> parsed = SemiSemanticVersion::parse(text);
    REQUIRE_MESSAGE(parsed, text);
    return *parsed;
}

int sign(std::weak_ordering order) {
    return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
}

// Each row holds versions that are equal; the rows ascend. Every pair is compared, both ways.
void check_ladder(const std::vector<std::vector<std::string>>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < rows.size(); ++j) {
            for (const std::string& left : rows[i]) {
                for (const std::string& right : rows[j]) {
                    INFO(left << " and " << right);
                    const int wanted = i < j ? -1 : i > j ? 1 : 0;
                    CHECK(sign(version(left) <=> version(right)) == wanted);
                    CHECK((version(left) == version(right)) == (wanted == 0));
                }
            }
        }
    }
}

}  // namespace

TEST_CASE("the versions of real stemcells are ordered as numbers") {
    check_ladder({{"0.93"},    {"1.9"},      {"1.11"},    {"1.404"},  {"1.406"},   {"1.484"},
                  {"1.943"},   {"1.1331"},   {"1.1364"},  {"97.12"},  {"170.225"}, {"250.200"},
                  {"315.9"},   {"456.30"},   {"621.61"},  {"621.64"}, {"621.125"}, {"2019.2"},
                  {"2019.71"}, {"3586.100"}, {"22019.23"}});
}

TEST_CASE("a family's latest, as manifests have it, comes after its numbers") {
    check_ladder(
        {{"1.9"}, {"1.1364"}, {"1.latest"}, {"2"}, {"621.125"}, {"621.latest"}, {"latest"}});
}

TEST_CASE("numbers: size, leading zeros, zeros at the end") {
    const std::string huge(200, '9');
    const std::string huger = "1" + std::string(200, '0');
    check_ladder({{"0", "0.0", "00", "0_0.0"},
                  {"0.1", "0.01"},
                  {"1", "1.0", "1.0.0", "01", "1_0", "1.00"},
                  {"1.2.3", "1.2.3.0"},
                  {"1.2.3.0.8"},
                  {"1.2.3.1"},
                  {"1.2.4"},
                  {"9", "009", "0009.000"},
                  {"10"},
                  {"43", "43.0.0.0.0.0"},
                  {"1741", "1741.0"},
                  {"1741.1"},
                  {"9223372036854775807"},
                  {"9223372036854775808"},
                  {"18446744073709551616", "00018446744073709551616"},
                  {huge, huge + ".0", "0" + huge},
                  {huger}});
}

TEST_CASE("texts: after numbers, byte by byte, case and hyphens included") {
    check_ladder({{"1"},
                  {"1.a", "1.a.0", "1.a.0.0"},
                  {"1.a.0.1"},
                  {"1.a.1"},
                  {"1.a.b"},
                  {"1.a0"},
                  {"1.aa"},
                  {"1.b"},
                  {"2.0.1"},
                  {"2.0.a"},
                  {"123ab"},
                  {"123abc"},
                  {"1a"},
                  {"A"},
                  {"Z.9"},
                  {"a"},
                  {"a.1"},
                  {"a.1.a"},
                  {"a.a"}});
    check_ladder({{"1-9"},
                  {"1--"},
                  {"1--1"},
                  {"1--a"},
                  {"1-1-1"},
                  {"1-1-a"},
                  {"1-1a"},
                  {"1-a-"},
                  {"1-a-b"},
                  {"1-a-b.1"},
                  {"1-aa"},
                  {"1"}});
}

TEST_CASE("pre-releases come before, post-releases after; a missing one is not a zero") {
    check_ladder({{"1.0-0", "1-0", "1-0.0", "1.0-00"},
                  {"1-0+0"},
                  {"1-0+1"},
                  {"1-1", "1.0-1"},
                  {"1-1+0"},
                  {"1-1+1-1"},
                  {"1-alpha"},
                  {"1-alpha+dev"},
                  {"1-alpha.1"},
                  {"1-beta"},
                  {"1-rc.2"},
                  {"1-rc.10"},
                  {"1", "1.0"},
                  {"1+0", "1.0+0.0"},
                  {"1+1"},
                  {"1+1-1"},
                  {"1+build.1"},
                  {"1+build.1-a"},
                  {"1+dev.9"},
                  {"1+dev.10"},
                  {"1.1-0"},
                  {"1.1"}});
}

TEST_CASE("an underscore separates, as in the director's stemcell versions") {
    check_ladder({{"1.2_2-alpha_1", "1.2.2-alpha.1", "1_2_2-alpha.1"}, {"12_1", "12.1"}});
    check_ladder({{"2.0.at-2013-02-26_01-26-46"},
                  {"2.0.at-2013-02-27_21-38-27"},
                  {"10.0.at-2013-02-26_01-26-46"},
                  {"2013-02-26_01-26-46", "2013-02-26.01-26-46"},
                  {"2013-02-27_01-26-46"},
                  {"2013-02-27_21-38-27"}});
}

TEST_CASE("dots at the end of a list are dropped") {
    check_ladder({{"1.2-a", "1.2.-a.", "1.2_-a_"},
                  {"1.2", "1.2.", "1.2..", "1.2._."},
                  {"1.2+b", "1.2.+b."}});
}

TEST_CASE("what the director refuses is refused") {
    const std::string nul("1\0.2", 4);
    const std::vector<std::string> refused = {
        "",         ".",      "..",    "_",           "-",      "+",     "1..2", "1._2",  "1__2",
        ".1",       "_1",     "-1",    "+1",          "1-",     "1+",    "1-+1", "1-1+",  "1+1+1",
        "1-.",      "1+.",    "1-.a",  "1-a..b",      "1+a..b", "1+_a",  " ",    " 1",    "1 ",
        "1 1",      "&",      "1.*",   "1.404*",      "1,2",    "1/2",   "v 1",  "1\n2",  "1\n",
        "1.\u6666", "\u0661", "1.2\t", "can't do it", "1.0'",   "1.0\"", "~1.0", "(1.0)", "1:1",
        "1=1",      "1@2",    "\xff",  nul,           "1.0\r",  "[1]",   "1`2",  "1{",    "1^2"};
    for (const std::string& text : refused) {
        INFO(text);
        CHECK_FALSE(SemiSemanticVersion::parse(text));
    }
    CHECK(SemiSemanticVersion::parse("v1.0"));  // a text as any other
}

// What is not linear would take hours here.
TEST_CASE("long versions are read and compared") {
    std::string dotted;
    for (int i = 0; i < 1'000'000; ++i) {
        dotted += "1.";
    }
    const std::string digits(2'000'000, '7');
    const std::string zeros(2'000'000, '0');
    CHECK(version(dotted + "2") > version(dotted + "1"));
    CHECK(version("1-" + digits + "+" + digits) < version("1-" + digits + "+" + digits + "0"));
    CHECK(version(zeros + "7") == version("7"));
    CHECK(version(dotted + dotted).text() == dotted + dotted);
    CHECK_FALSE(SemiSemanticVersion::parse(std::string(2'000'000, '.') + "1"));
}
