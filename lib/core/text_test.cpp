#include "core/text.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace upkeep;

TEST_CASE("what could act on a terminal or deceive a reader becomes visible") {
    CHECK(printable("cf-staging") == "cf-staging");
    CHECK(printable("a\nb\r\tc") == "a\\nb\\r\\tc");
    CHECK(printable("\x1b[31mred\x1b[0m") == "\\x1b[31mred\\x1b[0m");
    CHECK(printable(std::string_view("a\0b\x7f", 4)) == "a\\x00b\\x7f");
    CHECK(printable("\xC2\x9B"
                    "31m") == "\\u009b31m");                           // the one-character CSI
    CHECK(printable("\xE2\x80\xAE\xE2\x80\xAC") == "\\u202e\\u202c");  // right to left, and back
    CHECK(printable("a\xE2\x80\xA8"
                    "b") == "a\\u2028b");  // line separator
    CHECK(printable("cf\xE2\x80\x8B-staging") == "cf\\u200b-staging");
    CHECK(printable("\xEF\xBB\xBF"
                    "cf") == "\\ufeffcf");
    CHECK(printable("a\xF3\xA0\x80\x81") == "a\\U000e0001");  // a language tag
}

TEST_CASE("text in any script stays as it is") {
    for (const std::string text :
         {"D\xC3\xBCsseldorf", "e\xCC\x81", "\xE6\x9D\xB1\xE4\xBA\xAC",
          "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80",
          "back\\slash", "\xEF\xBF\xBD"}) {
        CHECK(printable(text) == text);
        CHECK(valid_utf8(text) == text);
    }
}

TEST_CASE("invalid UTF-8 is shown byte by byte, or replaced") {
    CHECK(printable("a\xFFz") == "a\\xffz");
    CHECK(printable("\xC0\xAF") == "\\xc0\\xaf");  // overlong
    CHECK(printable("\xE0\x80\xAF") == "\\xe0\\x80\\xaf");
    CHECK(printable("\xF0\x80\x80\xAF") == "\\xf0\\x80\\x80\\xaf");
    CHECK(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");           // a surrogate
    CHECK(printable("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // beyond the last one
    CHECK(printable("cut\xE2\x80") == "cut\\xe2\\x80");
    CHECK(valid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(valid_utf8("cut\xE2\x80") == "cut\xEF\xBF\xBD");  // one character, one replacement
    CHECK(valid_utf8("\xE2\x28\xA1") == "\xEF\xBF\xBD(\xEF\xBF\xBD");
}

TEST_CASE("marks heaped on one letter do not reach the lines around it") {
    std::string heap = "a";
    for (int mark = 0; mark < 10'000; ++mark) {
        heap += "\xCC\x81";
    }
    const std::string shown = printable(heap);
    CHECK(shown.substr(0, 17 + 6) == heap.substr(0, 17) + "\\u0301");
    CHECK(printable(shown) == shown);
}

TEST_CASE("line feeds stay where lines are wanted") {
    CHECK(printable_lines("one\ntwo\x1b\n") == "one\ntwo\\x1b\n");
}

TEST_CASE("a JSON document may be shown on a terminal and means the same") {
    CHECK(printable_json("{\n  \"a\": \"\xC2\x9B\xE2\x80\xAEx\x7F\xC3\xBC\"\n}\n") ==
          "{\n  \"a\": \"\\u009b\\u202ex\\u007f\xC3\xBC\"\n}\n");
    CHECK(printable_json("\"\xF3\xA0\x80\x81\"") == "\"\\udb40\\udc01\"");
}

TEST_CASE("the width is that of a terminal") {
    CHECK(display_width("") == 0);
    CHECK(display_width("cf-staging") == 10);
    CHECK(display_width("D\xC3\xBCsseldorf") == 10);
    CHECK(display_width("e\xCC\x81") == 1);
    CHECK(display_width("\xE6\x9D\xB1\xE4\xBA\xAC") == 4);              // Tokyo
    CHECK(display_width("\xED\x95\x9C\xEA\xB5\xAD") == 4);              // Hangul
    CHECK(display_width("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB") == 2);  // the same kind, in parts
    CHECK(display_width("\xF0\x9F\x9A\x80") == 2);                      // an emoji
    CHECK(display_width("\xE2\x80\xA6") == 1);
}

TEST_CASE("what is too long is cut between characters, with an ellipsis") {
    const std::string ellipsis = "\xE2\x80\xA6";
    CHECK(shortened("cf-staging", 10) == "cf-staging");
    CHECK(shortened("cf-staging", 9) == "cf-stagi" + ellipsis);
    CHECK(shortened("cf-staging", 1) == ellipsis);
    CHECK(shortened("cf-staging", 0).empty());
    CHECK(shortened("", 0).empty());
    CHECK(shortened("\xE6\x9D\xB1\xE4\xBA\xAC", 3) == "\xE6\x9D\xB1" + ellipsis);
    CHECK(shortened("\xE6\x9D\xB1\xE4\xBA\xAC", 2) == ellipsis);  // half of a wide one is not shown
    CHECK(shortened("ae\xCC\x81xyz", 3) == "ae\xCC\x81" + ellipsis);
    CHECK(bytes_within("\xE6\x9D\xB1\xE4\xBA\xAC", 3) == 3);
    CHECK(bytes_within("e\xCC\x81x", 1) == 3);
}

TEST_CASE("counts in words") {
    CHECK(counted(0, "deployment", "deployments") == "0 deployments");
    CHECK(counted(1, "deployment", "deployments") == "1 deployment");
    CHECK(counted(2, "deployment", "deployments") == "2 deployments");
}

TEST_CASE("a key or a value is shown on one line, shortened") {
    CHECK(upkeep::in_brief("a\nb") == "a\\nb");
    CHECK(upkeep::in_brief("abcdef", 4) == "abc…");
    CHECK(upkeep::quoted(std::string(100'000, 'k')) == "\"" + std::string(59, 'k') + "…\"");
}
