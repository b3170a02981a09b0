#include "present/document.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/golden.h"
#include "tests/samples.h"
#include "tests/well_formed.h"

using namespace upkeep;
using namespace upkeep::present;

namespace {

template <typename Shown>
std::string json_text(const Shown& shown) {
    std::string text;
    write_json(shown, [&](std::string_view piece) { text += piece; });
    return text;
}

template <typename Shown>
json::value document_of(const Shown& shown) {
    return parse_json(json_text(shown), "reading it back");
}

}  // namespace

TEST_CASE("golden: JSON") {
    check_golden("report/few.json", json_text(samples::few()));
    check_golden("report/none.json", json_text(samples::none()));
    check_golden("report/four_environments.json", json_text(samples::four_environments()));
    check_golden("report/not_looked.json", json_text(samples::not_looked()));
    check_golden("report/hostile.json", json_text(samples::hostile()));
}

TEST_CASE("the document says what a pipeline asks for") {
    const json::value document = document_of(samples::four_environments());
    CHECK(document.at("schema_version") == 1);
    CHECK(document.at("looked") == true);
    CHECK(document.at("looked_at") == "2026-11-23T17:54:02Z");
    CHECK(document.at("complete") == false);
    CHECK(document.at("count") == 7);
    CHECK(document.at("severities").at("medium") == 3);
    CHECK(document.at("findings").as_array().size() == 7);
    CHECK(document.at("jobs").as_array().size() == 6);
    const json::array& environments = document.at("environments").as_array();
    REQUIRE(environments.size() == 4);
    CHECK(environments[1].at("environment") == "development");
    CHECK(environments[1].at("looked") == false);
    CHECK(environments[0].at("complete") == true);
    CHECK(environments[3].at("count") == 4);
}

TEST_CASE("a finding is kept without loss") {
    Finding finding;
    finding.id = "abc";
    finding.kind = "stemcell";
    finding.rule = "stale";
    finding.environment = "staging";
    finding.subject = "a\nb|<\x1b\"";
    finding.severity = Severity::critical;
    finding.summary = std::string(10'000, 'x');
    finding.since = parse_moment("2026-10-20T01:02:03Z");
    finding.details = {{"b", "2"}, {"a", "1"}, {"b", "3"}};
    finding.advice = "advice";
    finding.links = {{"title", "javascript:x"}};
    finding.runbook = "https://runbook.example";
    finding.job = "main/p/j";
    finding.job_mends = false;
    finding.undecided = true;
    finding.recurs = true;
    finding.magnitude = Magnitude{-3, "versions behind"};
    const json::value again =
        parse_json(upkeep::present::json_text(json::value(to_json(finding))), "reading it back");
    CHECK(again.at("id") == "abc");
    CHECK(again.at("kind") == "stemcell");
    CHECK(again.at("rule") == "stale");
    CHECK(again.at("environment") == "staging");
    CHECK(again.at("subject") == json::value(finding.subject));
    CHECK(again.at("severity") == "critical");
    CHECK(again.at("summary") == json::value(finding.summary));
    CHECK(again.at("since") == "2026-10-20T01:02:03Z");
    REQUIRE(again.at("details").as_array().size() == 3);
    CHECK(again.at("details").as_array()[0] == json::value({{"name", "b"}, {"value", "2"}}));
    CHECK(again.at("details").as_array()[2] == json::value({{"name", "b"}, {"value", "3"}}));
    CHECK(again.at("advice") == "advice");
    CHECK(again.at("links").as_array()[0] ==
          json::value({{"title", "title"}, {"url", "javascript:x"}}));
    CHECK(again.at("runbook") == "https://runbook.example");
    CHECK(again.at("job") == "main/p/j");
    CHECK(again.at("job_mends") == false);
    CHECK(again.at("undecided") == true);
    CHECK(again.at("recurs") == true);
    CHECK(again.at("magnitude") == json::value({{"value", -3}, {"unit", "versions behind"}}));
}

TEST_CASE("every key is there, and null where there is nothing") {
    const json::object finding = to_json(Finding{});
    for (const char* key : {"environment", "since", "advice", "runbook", "job", "magnitude"}) {
        INFO(key);
        REQUIRE(finding.contains(key));
        CHECK(finding.at(key).is_null());
    }
    CHECK(finding.at("details").as_array().empty());
    CHECK(finding.at("links").as_array().empty());
}

TEST_CASE("nothing found is an empty list, not looked at is null") {
    const json::value clean = document_of(samples::none());
    CHECK(clean.at("looked") == true);
    CHECK(clean.at("complete") == true);
    CHECK(clean.at("count") == 0);
    CHECK(clean.at("findings") == json::array{});
    CHECK(clean.at("jobs") == json::array{});
    CHECK(clean.at("reason").is_null());
    Report blind;
    blind.coverage = {
        {"staging", "stemcell", {"deployment", "deployments"}, "", "cf.json", "", 0, "refused"}};
    for (const json::value& document :
         {document_of(blind), document_of(samples::not_looked()), document_of(Report{})}) {
        CHECK(document.at("looked") == false);
        CHECK(document.at("complete") == false);
        CHECK(document.at("reason").is_string());
        for (const char* key : {"findings", "held", "jobs", "ignored", "resolved"}) {
            CHECK(document.at(key).is_null());
        }
    }
    CHECK(document_of(blind).at("reason") == "deployments: refused");
    CHECK(document_of(samples::not_looked()).at("count") == 3);
}

TEST_CASE("a hostile text does no harm in JSON, and is read back as it was") {
    for (const std::string& text : samples::hostile_texts()) {
        INFO(text);
        const Report report = samples::made_of(text);
        const std::string shown = json_text(report);
        CHECK(wrong_with_text(shown) == "");
        const json::value again = parse_json(shown, "reading it back");
        CHECK(again.at("findings").as_array()[0] == to_json(report.findings.front()));
        CHECK(again.at("findings").as_array()[0].at("subject") == json::value(valid_utf8(text)));
    }
}

TEST_CASE("a report and a look that failed have the same keys") {
    const json::value report = document_of(samples::few());
    const json::value not_looked = document_of(samples::not_looked());
    REQUIRE(report.as_object().size() == not_looked.as_object().size());
    for (const auto& [key, value] : report.as_object()) {
        INFO(std::string(key));
        CHECK(not_looked.as_object().contains(key));
    }
}

TEST_CASE("a long document comes in pieces, each at most one finding") {
    Report report = samples::few();
    report.findings.resize(2'000, report.findings.front());
    report.ignored.resize(2'000, report.ignored.front());
    std::size_t longest = 0;
    std::size_t whole = 0;
    write_json(report, [&](std::string_view piece) {
        longest = std::max(longest, piece.size());
        whole += piece.size();
    });
    CHECK(whole > 1'000'000);
    CHECK(longest < 3'000);
}
