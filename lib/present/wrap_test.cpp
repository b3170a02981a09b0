#include "present/wrap.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace upkeep::present;
using Lines = std::vector<std::string>;

TEST_CASE("lines break at blanks") {
    CHECK(wrapped("one two three", 0) == Lines{"one two three"});
    CHECK(wrapped("one two three", 13) == Lines{"one two three"});
    CHECK(wrapped("one two three", 12) == Lines{"one two", "three"});
    CHECK(wrapped("one two three", 5) == Lines{"one", "two", "three"});
    CHECK(wrapped("", 5) == Lines{""});
}

TEST_CASE("a word that is too long breaks where it has a joint, or else anywhere") {
    CHECK(wrapped("main/deploy-cf/deploy-staging", 20) ==
          Lines{"main/deploy-cf/", "deploy-staging"});
    CHECK(wrapped("in abcdefghij", 4) == Lines{"in", "abcd", "efgh", "ij"});
    const std::string tokyo = "\xE6\x9D\xB1\xE4\xBA\xAC";
    CHECK(wrapped(tokyo, 3) == Lines{"\xE6\x9D\xB1", "\xE4\xBA\xAC"});
    CHECK(wrapped(tokyo, 1) == Lines{"\xE6\x9D\xB1", "\xE4\xBA\xAC"});  // it ends all the same
}

TEST_CASE("padding counts columns, not bytes") {
    CHECK(padded("ab", 4) == "ab  ");
    CHECK(padded("\xE6\x9D\xB1", 4) == "\xE6\x9D\xB1  ");
    CHECK(padded("e\xCC\x81", 2) == "e\xCC\x81 ");
    CHECK(padded("abcdef", 4) == "abcdef");
}

TEST_CASE("blanks at the ends of lines are taken away") {
    CHECK(without_trailing_blanks("a  \n\n  b\n   \nc") == "a\n\n  b\n\nc\n");
    CHECK(without_trailing_blanks("").empty());
}
