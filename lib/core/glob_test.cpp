#include "core/glob.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <stdexcept>
#include <string>

using upkeep::Glob;
using upkeep::GlobList;

namespace {

struct Row {
    std::string pattern;
    std::string text;
    bool matches;
};

void check(std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
        CAPTURE(row.pattern);
        CAPTURE(row.text);
        CHECK(Glob(row.pattern).matches(row.text) == row.matches);
    }
}

}  // namespace

TEST_CASE("globs match whole texts") {
    check({
        {"cf-*", "cf-staging", true},
        {"cf-*", "xcf-staging", false},
        {"cf-*", "cf-", true},
        {"*", "", true},
        {"", "", true},
        {"", "a", false},
        {"*", "main/deploy", false},
        {"main/*/deploy-*", "main/cf/deploy-cf", true},
        {"main/*/deploy-*", "main/cf/x/deploy-cf", false},
        {"main/**/deploy-*", "main/cf/x/deploy-cf", true},
        {"main/**/deploy-*", "main/deploy-cf", true},
        {"**/x", "x", true},
        {"**/x", "ax", false},
        {"**/x", "a/b/x", true},
        {"**/x", "a/bx", false},
        {"a**/x", "a/x", true},
        {"a**/x", "ax", false},
        {"**", "a/b/c", true},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"?", "a", true},
        {"?", "/", false},
        {"[a-c]x", "bx", true},
        {"[!a-c]x", "bx", false},
        {"[!a-c]x", "dx", true},
        {"[!a]", "/", false},
        {"[]]", "]", true},
        {"[a-]", "-", true},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"CF", "cf", false},
        {"a*b*c", "a-b-b-c", true},
        {"a*b*c", "a-b-b-", false},
        {"***", "a/b", true},
    });
}

TEST_CASE("a character is a code point of UTF-8") {
    check({
        {"?", "\u00e9", true},
        {"??", "\u00e9", false},
        {"a?c", "a\U0001f600c", true},
        {"[\u00e0-\u00ea]", "\u00e9", true},
        {"[\u00e0-\u00ea]", "\u00eb", false},
        {"[\u00e0-\u00ea]", "z", false},
        {"[a-\U0001f600]", "\u00e9", true},
        {"[!\u00e9]", "\u00e8", true},
        {"[!\u00e9]", "\u00e9", false},
        {"[\u00e9]", "\u00e8", false},
        {"\\\u00e9", "\u00e9", true},
        {"\u00e9*", "\u00e9\u00e8", true},
        {"\u00e9", "\u00e8", false},
        {"?", "\xff", true},  // no UTF-8: each byte counts
        {"?", "\xc3", true},
        {"??", "\xc3\xff", true},
    });
}

TEST_CASE("a pattern that is no pattern is refused") {
    CHECK_THROWS_AS(Glob("[a-z"), std::invalid_argument);
    CHECK_THROWS_AS(Glob("cf\\"), std::invalid_argument);
    CHECK_THROWS_AS(Glob("[]"), std::invalid_argument);
}

TEST_CASE("matching takes linear time, not exponential") {
    std::string pattern;
    for (int i = 0; i < 200; ++i) {
        pattern += "*a";
    }
    CHECK_FALSE(Glob(pattern + "b").matches(std::string(2000, 'a')));
}

TEST_CASE("matching folders takes linear time, and no stack") {
    std::string pattern;
    for (int i = 0; i < 100'000; ++i) {
        pattern += "**/";
    }
    CHECK(Glob(pattern + "b").matches("b"));
    CHECK(Glob(pattern + "b").matches("a/a/a/a/a/a/a/a/b"));
    CHECK_FALSE(Glob(pattern + "b").matches("a/a/a/a/a/a/a/a/a"));
}

TEST_CASE("in a list the last pattern that matches wins") {
    CHECK(GlobList({"*", "!sandbox-*"}).matches("cf"));
    CHECK_FALSE(GlobList({"*", "!sandbox-*"}).matches("sandbox-1"));
    CHECK(GlobList({"*", "!sandbox-*", "sandbox-1"}).matches("sandbox-1"));
    CHECK_FALSE(GlobList({"cf"}).matches("other"));
}

TEST_CASE("a list that begins with an exclusion begins from everything, and so does an empty one") {
    CHECK(GlobList({"!sandbox-*"}).matches("cf"));
    CHECK_FALSE(GlobList({"!sandbox-*"}).matches("sandbox-1"));
    CHECK(GlobList().matches("anything/at all"));
}
