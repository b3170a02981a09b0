#include "core/digest.h"

#include <doctest/doctest.h>

#include <array>

using namespace std::string_literals;
using upkeep::base64;
using upkeep::from_base64;

TEST_CASE("SHA-256, as FIPS 180 has it") {
    CHECK(upkeep::sha256_hex("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(upkeep::sha256("abc").size() == 32);
}

TEST_CASE("facts are told apart") {
    const std::array<std::string_view, 2> two{"a", "b"};
    const std::array<std::string_view, 1> one{"ab"};
    CHECK(upkeep::digest_of(two) != upkeep::digest_of(one));
    CHECK(upkeep::digest_of(one) == upkeep::sha256_hex("2:ab"));
}

TEST_CASE("base64, as RFC 4648 has it") {
    for (const auto& [bytes, text] : std::array<std::pair<std::string, std::string>, 5>{
             {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"\0\xff"s, "AP8="}}}) {
        CAPTURE(text);
        CHECK(base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
    for (const char* text : {"Zg", "Z===", "====", "?A=="}) {
        CAPTURE(text);
        CHECK_FALSE(from_base64(text));
    }
}
