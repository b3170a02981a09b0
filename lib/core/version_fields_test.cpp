// The text of a version, read and written.
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "core/version.h"

using upkeep::parse_open;
using upkeep::parse_version;
using upkeep::Version;
using upkeep::VersionFields;

namespace {

// "a" is the finding with the id aaaaaaaaaaaaaaaa.
std::string id(char letter) {
    return std::string(16, letter);
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

std::string why_unreadable(const VersionFields& fields) {
    const auto parsed = parse_version(fields);
    return std::holds_alternative<std::string>(parsed) ? std::get<std::string>(parsed)
                                                       : "it is readable";
}

}  // namespace

TEST_CASE("an unreadable version says why") {
    CHECK(why_unreadable({{"ref", "61cbef"}}) == "it has no `open`");
    CHECK(why_unreadable({{"open", ""}}) == "it has no `change`");
    CHECK(why_unreadable(version("ba", "0")) == "id 2 of its `open` is out of order");
    CHECK(why_unreadable(version("aa", "0")) == "id 2 of its `open` is out of order");
    VersionFields fields = version("ab", "0");
    for (const std::string& odd :
         {names("ab") + "0", id('g'), names("a") + " " + names("b"), names("a") + ",,",
          "," + names("a"), std::string("a"), std::string(16, 'A'), names("a") + "\n"}) {
        fields["open"] = odd;
        CHECK(why_unreadable(fields).find("is not 16 hex digits") != std::string::npos);
    }
    fields["open"] = names("a") + ",";
    CHECK(why_unreadable(fields) == "its `open` ends in a comma");
    fields["open"] = "sha256:" + std::string(63, '0');
    CHECK(why_unreadable(fields) == "its `open` is a digest that is not 64 hex digits");
    fields["open"] += "0";
    CHECK(why_unreadable(fields) == "it is readable");
    for (const char* const odd : {"", "0", "-1", "01", "1.5", "99999999999999999999"}) {
        fields["count"] = odd;
        CHECK(why_unreadable(fields) == "its `open` is a digest, but its `count` is not a number");
    }
    std::string many = "0000000000000000";
    for (int i = 1; i <= 500; ++i) {
        many += ",0000000000" + std::to_string(100'000 + i);
    }
    fields["open"] = many;
    CHECK(why_unreadable(fields) == "its `open` has more than 500 ids");
}

TEST_CASE("a change is a day that exists and a number from 1, written one way") {
    for (const char* const good : {"0", "2026-11-23.1", "2024-02-29.17", "0001-01-01.999999999"}) {
        const auto parsed = parse_version(version("a", good));
        REQUIRE(std::holds_alternative<Version>(parsed));
        CHECK(to_fields(std::get<Version>(parsed)).at("change") == good);
    }
    for (const char* const odd :
         {"", "1", "0.1", "2026-02-30.1", "2026-11-23", "2026-11-23.", "2026-11-23.0",
          "2026-11-23.01", "2026-11-23.+1", "2026-11-23.-1", "2026-11-23.1 ", " 2026-11-23.1",
          "2026-11-23.1000000000", "2026-11-23.99999999999999999999", "2026-11-23.1.1",
          "2026-11-23T00:00:00Z.1", "2026-1-2.1"}) {
        CAPTURE(odd);
        CHECK(why_unreadable(version("a", odd)) ==
              "its `change` is neither a date and a number, such as 2026-11-23.1, nor 0");
    }
}

TEST_CASE("what is written is read as it was") {
    VersionFields about_one = version("abc", "2026-11-23.1");
    about_one["finding"] = id('b');
    const VersionFields digest{{"open", "sha256:" + std::string(64, '0')},
                               {"count", "501"},
                               {"summary", ""},
                               {"change", "2026-11-23.1"}};
    for (const VersionFields& fields : {version("", "0"), about_one, digest}) {
        const auto parsed = parse_version(fields);
        REQUIRE(std::holds_alternative<Version>(parsed));
        CHECK(to_fields(std::get<Version>(parsed)) == fields);
    }
}

TEST_CASE("what is not needed to read a version is not judged") {
    const auto parsed = parse_version(
        {{"open", names("ab")}, {"change", "0"}, {"finding", "b"}, {"colour", "red"}});
    REQUIRE(std::holds_alternative<Version>(parsed));
    CHECK(to_fields(std::get<Version>(parsed)) ==
          VersionFields{{"open", names("ab")}, {"count", "2"}, {"summary", ""}, {"change", "0"}});
}

TEST_CASE("a set names what it names; a digest, everything") {
    const auto set = std::get<upkeep::OpenSet>(parse_open(names("ac")));
    CHECK(set.names(id('a')));
    CHECK(set.names(id('c')));
    CHECK_FALSE(set.names(id('b')));
    CHECK(std::get<upkeep::OpenSet>(parse_open("sha256:" + std::string(64, '0'))).names(id('b')));
    CHECK_FALSE(std::get<upkeep::OpenSet>(parse_open("")).names(""));
}
