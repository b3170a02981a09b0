#include "core/yaml.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using upkeep::parse_json;
using upkeep::parse_yaml;

namespace {

std::string why(const std::string& text) {
    try {
        parse_yaml(text, "reading");
        return "no failure";
    } catch (const upkeep::Failure& failure) {
        return failure.why();
    }
}

upkeep::json::value json(const std::string& text) {
    return parse_json(text, "reading");
}

}  // namespace

TEST_CASE("YAML is read as Concourse reads it") {
    CHECK(parse_yaml("kind: stemcell\nlist: [a, 'b', \"c\"]\n", "reading") ==
          json(R"({"kind": "stemcell", "list": ["a", "b", "c"]})"));
    CHECK(parse_yaml("{a: yes, b: off, c: 'yes', d: y, e: ~, f: }", "reading") ==
          json(R"({"a": true, "b": false, "c": "yes", "d": true, "e": null, "f": null})"));
    CHECK(parse_yaml("{a: 1, b: -0x10, c: 010, d: 1_000, e: 1.5, f: '1', g: 1.10}", "reading") ==
          json(R"({"a": 1, "b": -16, "c": 8, "d": 1000, "e": 1.5, "f": "1", "g": 1.1})"));
    CHECK(parse_yaml("{a: 2027-03-31, b: 12:30, c: 1.2.3, d: 08, e: .inf}", "reading") ==
          json(R"({"a": "2027-03-31", "b": "12:30", "c": "1.2.3", "d": 8.0, "e": ".inf"})"));
    CHECK(parse_yaml("n: 40", "reading") == json(R"({"false": 40})"));
    CHECK(parse_yaml("{\"a\": [1, {\"b\": null}]}", "reading") ==
          json(R"({"a": [1, {"b": null}]})"));
}

TEST_CASE("JSON is taken as JSON") {
    CHECK(parse_yaml(R"({"a": "\ud83d\ude00", "b": "yes"})", "reading") ==
          json(R"({"a": "\ud83d\ude00", "b": "yes"})"));
    CHECK(why(R"({"a": 1, "a": 2})").find("the key \"a\" stands twice") == 0);
}

TEST_CASE("aliases and merge keys are followed") {
    CHECK(parse_yaml("base: &b {x: 1, y1: 2}\nmine: {<<: *b, x: 3}\n", "reading") ==
          json(R"({"base": {"x": 1, "y1": 2}, "mine": {"x": 3, "y1": 2}})"));
    CHECK(parse_yaml("a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc: {<<: [*a, *b]}\n", "reading") ==
          json(R"({"a": {"x": 1}, "b": {"x": 2, "z": 3}, "c": {"x": 1, "z": 3}})"));
}

TEST_CASE("what is not one YAML document is refused, with the line") {
    CHECK(why("") == "it is empty");
    CHECK(why("a: 1\n---\nb: 2\n") == "it holds more than one document, wanted: one");
    CHECK(why("a: 1\nb: [1\n").find("it is not YAML") == 0);
    CHECK(why("a: 1\nb: 2\na: 3\n") == "the key \"a\" stands twice in one map, in line 3");
    CHECK(why("a: 1\n? [x]\n: 2\n").find("a key is no plain text, in line 2") == 0);
    CHECK(why("a: *nothing\n").find("it is not YAML") == 0);
    CHECK(why(", .5,ll[kk").find("it holds more than one document") == 0);
}

TEST_CASE("a key is named on one line, shortened") {
    const std::string twice = why("? |\n a\n b\n: 1\n? |\n a\n b\n: 2\n");
    CHECK(twice.find("the key \"a\\nb\\n\" stands twice") == 0);
    const std::string key(100'000, 'k');
    CHECK(why("? " + key + "\n: 1\n? " + key + "\n: 2\n").size() < 200);
}

TEST_CASE("depth and the growth of aliases are bounded") {
    CHECK(why(std::string(100'000, '[')) == "it is nested deeper than 32 levels, in line 1");
    CHECK(why("a:\n" + std::string(600, '[') + std::string(600, ']')) ==
          "it is nested deeper than 32 levels, in line 2");
    std::string maps;
    for (int i = 0; i < 600; ++i) {
        maps += "? ";
    }
    CHECK(why(maps) == "it is nested deeper than 32 levels, in line 1");
    CHECK(why(std::string(40, '[') + std::string(40, ']')).find("nested deeper than 32") !=
          std::string::npos);
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string previous = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + previous;
        for (int j = 0; j < 8; ++j) {
            bomb += ", " + previous;
        }
        bomb += "]\n";
    }
    CHECK(why(bomb).find("more than 100000 values") != std::string::npos);
    CHECK(why("&a {<<: &b [*b, *b]}").find("nested deeper than 32") != std::string::npos);
    CHECK(why("&a {<<: *a, x: [*a, *a]}").find("it ") == 0);
}
