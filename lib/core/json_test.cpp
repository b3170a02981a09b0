#include "core/json.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using upkeep::parse_items;
using upkeep::parse_json;

namespace {

std::string why(const std::string& text) {
    try {
        parse_json(text, "reading");
        return "no failure";
    } catch (const upkeep::Failure& failure) {
        return failure.why();
    }
}

}  // namespace

TEST_CASE("JSON is read, with a byte order mark or blanks around it") {
    CHECK(parse_json(" {\"a\": [1, \"x\", null, true, 1.5]}\n", "reading")
              .at("a")
              .as_array()
              .size() == 5);
    CHECK(parse_json("\xEF\xBB\xBF[]", "reading").is_array());
}

TEST_CASE("the items of a list are handed over one by one, whatever they are") {
    std::string items;
    const auto f = [&](const upkeep::json::value& item) { items += upkeep::to_line(item) + ";"; };
    CHECK(parse_items(R"([{"a":[1,{"b":[]}]},[[2],3],"x",4,-5,1e1,true,null])", "reading", f)
              .as_array()
              .empty());
    CHECK(items == R"({"a":[1,{"b":[]}]};[[2],3];"x";4;-5;1E1;true;null;)");
    items.clear();
    CHECK(upkeep::to_line(parse_items(R"({"a":[1,2]})", "reading", f)) == R"({"a":[1,2]})");
    CHECK(parse_items("[]", "reading", f).is_array());
    CHECK(items.empty());
    CHECK_THROWS_AS(parse_items("[1,{]", "reading", f), upkeep::Failure);
}

TEST_CASE("what is not exactly one JSON value is refused, with the place") {
    CHECK(why("") == "it is empty");
    CHECK(why(" \n") == "it is empty");
    CHECK(why("{\"a\": 1") == "it ends too early, in line 1, column 8");
    CHECK(why("{}\n{}") == "something stands after the end of the value, in line 2, column 1");
    CHECK(why("{\"a\": 1,\n \"b\": x}").find("in line 2, column 7") != std::string::npos);
    CHECK(why("\"\xff\"").find("it is not JSON (it is no UTF-8)") == 0);
    CHECK(why("<html>") == "it is an HTML page");
    CHECK(why("[1,]").find("it is not JSON") == 0);
    for (const char* const number : {"1e400", "0e909998", "[-1e400]", "1e99999999999"}) {
        CHECK(why(number).find("it holds a number that is too large, in line 1") == 0);
    }
    CHECK(parse_json("1e308", "reading").is_double());
}

TEST_CASE("each refusal has the advice that it was given") {
    for (const char* const text : {"", "x", "[1", "{} {}", R"({"a":1,"a":2})"}) {
        CAPTURE(text);
        try {
            parse_json(text, "reading a.json", "Save it again.");
            FAIL("it was taken");
        } catch (const upkeep::Failure& failure) {
            CHECK(failure.doing() == "reading a.json");
            CHECK(failure.advice() == "Save it again.");
        }
    }
}

TEST_CASE("a key that stands twice in one object is refused, wherever the object is") {
    CHECK(why(R"({"a": 1, "b": 2, "a": 3})").find("the key \"a\" stands twice in one object") == 0);
    CHECK(why(R"([{"x": {"k": 1, "\u006b": 2}}])").find("the key \"k\" stands twice") == 0);
    CHECK(why(R"({"a": {"b": 1}, "b": {"a": 1}})") == "no failure");
}

TEST_CASE("a key is named on one line, shortened") {
    CHECK(why(R"({"a\nb": 1, "a\nb": 2})").find("the key \"a\\nb\" stands twice") == 0);
    const std::string key(100'000, 'k');
    CHECK(why("{\"" + key + "\": 1, \"" + key + "\": 2}").size() < 200);
}

TEST_CASE("nesting is bounded") {
    CHECK(why(std::string(32, '[') + std::string(32, ']')) == "no failure");
    CHECK(why(std::string(33, '[') + std::string(33, ']')).find("nested deeper than 32") !=
          std::string::npos);
    CHECK(why(std::string(1'000'000, '[')).find("nested deeper than 32") != std::string::npos);
}

TEST_CASE("what is written is read back the same") {
    const std::string text = R"({"a":[],"b":{},"c":[1,{"d":"\"\u0001 é"}],"e":null})";
    const auto value = parse_json(text, "reading");
    CHECK(parse_json(upkeep::to_line(value), "reading") == value);
    CHECK(parse_json(upkeep::to_pretty(value), "reading") == value);
    CHECK(upkeep::to_pretty(parse_json(R"({"a":[1,2],"b":{}})", "reading")) ==
          "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
}
