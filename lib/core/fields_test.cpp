#include "core/fields.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>

using namespace std::chrono_literals;
using upkeep::Fields;

namespace {

// What the reader says of a source, or "fine".
std::string reading(const std::string& text, const std::function<void(Fields&)>& read) {
    const upkeep::json::value value = upkeep::parse_json(text, "reading");
    try {
        upkeep::read_strictly(value.get_object(), "source", read);
        return "fine";
    } catch (const upkeep::Failure& failure) {
        return failure.what();
    }
}

}  // namespace

TEST_CASE("an unknown key is refused with its path and the key that was meant") {
    const auto read = [](Fields& f) {
        f.text("environment");
        f.object("director", [](Fields& d) { d.text("url"); });
        f.objects("jobs", [](Fields& j) { j.text("match"); });
    };
    CHECK(reading(R"({"environment": "staging"})", read) == "fine");
    CHECK(reading(R"({"enviroment": "staging"})", read) ==
          "source.enviroment: there is no such key\n  Did you mean \"environment\"?");
    CHECK(reading(R"({"director": {"uri": "x"}})", read) ==
          "source.director.uri: there is no such key\n  Did you mean \"url\"?");
    CHECK(reading(R"({"jobs": [{"match": "*"}, {"zzz": 1}]})", read) ==
          "source.jobs[1].zzz: there is no such key\n  The keys here are: match.");
}

TEST_CASE(
    "a number or truth value may come as its exact text, because Concourse fills variables so") {
    const auto read = [](Fields& f) {
        CHECK(f.number("a", 0, 10) == 3);
        CHECK(f.truth("b") == true);
    };
    CHECK(reading(R"({"a": 3, "b": true})", read) == "fine");
    CHECK(reading(R"({"a": "3", "b": "true"})", read) == "fine");
}

TEST_CASE("wrong types are named") {
    const auto number = [](Fields& f) { f.number("k", 0, 10); };
    CHECK(reading(R"({"k": "three"})", number) ==
          "source.k: it is a text, wanted: a whole number from 0 to 10");
    CHECK(reading(R"({"k": 1.5})", number) ==
          "source.k: it is a number, wanted: a whole number from 0 to 10");
    CHECK(reading(R"({"k": " 3"})", number) != "fine");
    CHECK(reading(R"({"k": 11})", number) ==
          "source.k: it is 11, wanted: a whole number from 0 to 10");
    const auto truth = [](Fields& f) { f.truth("k"); };
    CHECK(reading(R"({"k": "yes"})", truth) == "source.k: it is a text, wanted: true or false");
    CHECK(reading(R"({"k": 1})", truth) != "fine");
    const auto text = [](Fields& f) { f.text("k"); };
    CHECK(reading(R"({"k": 3})", text) ==
          "source.k: it is a number, wanted: a text\n  Put it into quotes.");
    CHECK(reading(R"({"k": []})", text) == "source.k: it is a list, wanted: a text");
    CHECK(reading(R"({"k": ""})", text) ==
          "source.k: it is empty\n  Give it a value, or leave the key out.");
    const auto texts = [](Fields& f) { f.texts("k"); };
    CHECK(reading(R"({"k": "a"})", texts) == "source.k: it is a text, wanted: a list of texts");
    CHECK(reading(R"({"k": ["a", 1]})", texts) == "source.k[1]: it is a number, wanted: a text");
    const auto object = [](Fields& f) { f.object("k", [](Fields&) {}); };
    CHECK(reading(R"({"k": []})", object) == "source.k: it is a list, wanted: an object");
    const auto objects = [](Fields& f) { f.objects("k", [](Fields&) {}); };
    CHECK(reading(R"({"k": [[]]})", objects) == "source.k[0]: it is a list, wanted: an object");
}

TEST_CASE("words, durations, days and patterns are checked") {
    const auto choice = [](Fields& f) { f.choice("k", {"light", "regular"}); };
    CHECK(reading(R"({"k": "light"})", choice) == "fine");
    CHECK(reading(R"({"k": "ligth"})", choice) ==
          "source.k: \"ligth\" is none of its words, wanted: light or regular\n  Did you mean "
          "\"light\"?");
    CHECK(reading(R"({"k": "1h30m"})", [](Fields& f) {
              f.duration("k");
          }).find("source.k: \"1h30m\" is no duration") == 0);
    CHECK(reading(R"({"k": "2026-02-30"})", [](Fields& f) {
              f.day("k");
          }).find("source.k: \"2026-02-30\" is no date") == 0);
    CHECK(reading(R"({"k": "[a"})", [](Fields& f) {
              f.glob("k");
          }).find("source.k: \"[a\" is no pattern: the set") == 0);
    CHECK(reading(R"({"k": ["*", "!a\\"]})", [](Fields& f) {
              f.globs("k");
          }).find("source.k[1]: \"!a\\\" is no pattern: a backslash") == 0);
    CHECK(reading(R"({"k": "cf-*"})", [](Fields& f) { CHECK(f.globs("k")->matches("cf-1")); }) ==
          "fine");
}

TEST_CASE("null is absent, a missing key that is needed is named") {
    CHECK(reading(R"({"k": null})", [](Fields& f) { CHECK_FALSE(f.text("k")); }) == "fine");
    CHECK(reading(R"({})", [](Fields& f) { f.required_text("k"); }) == "source.k: it is missing");
    CHECK(reading(R"({"uri": "x"})", [](Fields& f) { f.required_text("url"); }) ==
          "source.url: it is missing\n  Is \"uri\" meant to be it?");
}

TEST_CASE("a key that nobody knows is named on one line, shortened") {
    const auto nothing = [](Fields&) {};
    CHECK(reading(R"({"a\nsource.kind: fine": 1})", nothing)
              .find("source.a\\nsource.kind: fine: there is no such key") == 0);
    const std::string key(100'000, 'k');
    CHECK(reading("{\"" + key + "\": 1}", nothing).size() < 200);
    CHECK(reading(R"({"ur\ni": "x"})", [](Fields& f) { f.required_text("url"); }) ==
          "source.url: it is missing\n  Is \"ur\\ni\" meant to be it?");
}

TEST_CASE("a secret is not in the message about it") {
    const std::string said = reading(R"({"k": ["s3cr3t"]})", [](Fields& f) { f.secret("k"); });
    CHECK(said == "source.k: it is a list, wanted: a text");
}

TEST_CASE("a NUL is refused in every text, with the key's path") {
    const std::string said = "source.k: it holds a NUL character";
    const std::string one = R"({"k": "s3cr3t\u0000x"})";
    CHECK(reading(one, [](Fields& f) { f.text("k"); }).find(said) == 0);
    CHECK(reading(one, [](Fields& f) { f.glob("k"); }).find(said) == 0);
    CHECK(reading(one, [](Fields& f) { f.globs("k"); }).find(said) == 0);
    const std::string of_secret = reading(one, [](Fields& f) { f.secret("k"); });
    CHECK(of_secret.find(said) == 0);
    CHECK(of_secret.find("s3cr3t") == std::string::npos);
    CHECK(reading(R"({"k": ["a", "\u0000"]})", [](Fields& f) {
              f.texts("k");
          }).find("source.k[1]: it holds a NUL character") == 0);
}

TEST_CASE("only near words are offered") {
    const std::vector<std::string> known{"environment", "ignore", "jobs", "kind"};
    CHECK(upkeep::did_you_mean("enviroment", known) == "environment");
    CHECK(upkeep::did_you_mean("job", known) == "jobs");
    CHECK(upkeep::did_you_mean("KIND", known) == "kind");
    CHECK(upkeep::did_you_mean("Ignore", known) == "ignore");
    CHECK_FALSE(upkeep::did_you_mean("published", known));
    CHECK_FALSE(upkeep::did_you_mean(std::string(100'000, 'e'), known));
}
