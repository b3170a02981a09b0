#include "resource/judge.h"

#include <doctest/doctest.h>

#include <string>

#include "core/digest.h"
#include "core/failure.h"
#include "core/json.h"

using namespace std::chrono_literals;
using upkeep::Fields;
using upkeep::Finding;
using upkeep::Look;
using upkeep::LookingKeys;
using upkeep::Moment;
using upkeep::Report;
using upkeep::Severity;

namespace {

const Moment now = upkeep::Day{std::chrono::year{2026} / 11 / 23} + 12h;

const upkeep::Kind& kind() {
    return upkeep::kinds().front();
}

LookingKeys keys(const std::string& text) {
    const upkeep::json::value value = upkeep::parse_json(text, "reading");
    return upkeep::read_strictly(value.get_object(), "source", [](Fields& fields) {
        return upkeep::read_looking_keys(fields, kind());
    });
}

std::string refusal(const std::string& text) {
    try {
        keys(text);
        return "fine";
    } catch (const upkeep::Failure& failure) {
        return failure.what();
    }
}

Finding finding(const std::string& subject, Severity severity = Severity::medium) {
    Finding finding;
    finding.id = upkeep::sha256_hex(subject);
    finding.rule = "stale";
    finding.subject = subject;
    finding.severity = severity;
    return finding;
}

Report judged(std::vector<Finding> findings, const std::string& source, Moment moment = now) {
    Look look;
    look.findings = std::move(findings);
    return upkeep::judge(std::move(look), kind(), keys(source), moment, upkeep::Stop());
}

}  // namespace

TEST_CASE("the first rule of `jobs` that matches gives the job, with its placeholders filled") {
    const Report report = judged({finding("cf-staging"), finding("tiles")},
                                 R"({"environment": "staging", "jobs": [
        {"match": "cf-*", "job": "main/deploy-cf[env={environment}]/deploy-{deployment}"},
        {"match": "*", "job": "main/deploy/{rule}-{subject}"}]})");
    REQUIRE(report.findings.size() == 2);
    CHECK(report.findings[0].job == "main/deploy-cf[env=staging]/deploy-cf-staging");
    CHECK(report.findings[1].job == "main/deploy/stale-tiles");
    CHECK(report.findings[0].environment == "staging");
    CHECK(report.findings[0].kind == "stemcell");
}

TEST_CASE("what no job can mend gets none, and neither does what no rule matches") {
    Finding ahead = finding("cf");
    ahead.job_mends = false;
    const Report report =
        judged({ahead, finding("tiles")}, R"({"jobs": [{"match": "cf*", "job": "a/b/c"}]})");
    CHECK(report.findings[0].job.empty());
    CHECK(report.findings[1].job.empty());
}

TEST_CASE("a name that would change the form of the job gives no job, and a notice") {
    const Report report = judged(
        {finding("a/b")}, R"({"jobs": [{"match": "**", "job": "t/p/deploy-{deployment}"}]})");
    CHECK(report.findings[0].job.empty());
    REQUIRE(report.notices.size() == 1);
    CHECK(report.notices[0].find("no job for a/b") == 0);
}

TEST_CASE("an ignored finding is kept apart, with its reason, until the end of its day") {
    const std::string source =
        R"({"ignore": [{"match": "legacy-*", "reason": "retired", "until": "2026-11-23"}]})";
    const Report report = judged({finding("legacy-elk"), finding("cf")}, source, now + 12h - 1s);
    REQUIRE(report.ignored.size() == 1);
    CHECK(report.ignored[0].reason == "retired");
    CHECK(report.findings.size() == 1);
    CHECK(report.notices.empty());

    const Report later = judged({finding("legacy-elk"), finding("legacy-x")}, source, now + 12h);
    CHECK(later.ignored.empty());
    CHECK(later.findings.size() == 2);
    REQUIRE(later.notices.size() == 1);
    CHECK(later.notices[0] ==
          "ignoring match legacy-* (retired) ended with 2026-11-23: what it hid counts again");
}

TEST_CASE("what an ignore rule has hidden counts again, though a rule behind it would hide it") {
    const std::string source = R"({"ignore": [
        {"match": "legacy-*", "reason": "retired", "until": "2026-11-22"},
        {"match": "**", "reason": "all of it"}]})";
    const Report report = judged({finding("legacy-elk"), finding("cf")}, source);
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].subject == "legacy-elk");
    CHECK(report.ignored.size() == 1);
}

TEST_CASE("a rule of `ignore` that hides nothing is named, unless it is another source's") {
    const std::string source = R"({"environment": "staging", "ignore": [
        {"match": "a*", "reason": "first"}, {"match": "ab", "reason": "behind the first"},
        {"match": "legacy-*", "reason": "retired"},
        {"match": "c", "environment": "staging", "reason": "mine"},
        {"match": "c", "environment": "production", "reason": "theirs"}]})";
    CHECK(judged({finding("ab")}, source).notices ==
          std::vector<std::string>{
              "ignoring match legacy-* (retired) hides nothing: no finding matches it",
              "ignoring match c, environment staging (mine) hides nothing: no finding matches it"});
    Look look;
    look.held = {finding("legacy-db"), finding("c"), finding("a")};
    CHECK(upkeep::judge(look, kind(), keys(source), now, upkeep::Stop()).notices.size() == 1);
    look.coverage.emplace_back().failure = "refused";
    look.held.clear();
    CHECK(upkeep::judge(look, kind(), keys(source), now, upkeep::Stop()).notices.empty());
}

TEST_CASE("what is being mended keeps its job, and is ignored as what is not") {
    Look look;
    look.held = {finding("cf"), finding("legacy-db"), finding("tiles", Severity::low)};
    const Report report =
        upkeep::judge(look, kind(), keys(R"({"environment": "staging", "minimum_severity": "medium",
            "jobs": [{"match": "*", "job": "main/{environment}/{deployment}"}],
            "ignore": [{"match": "legacy-*", "reason": "retired"}]})"),
                      now, upkeep::Stop());
    REQUIRE(report.held.size() == 1);
    CHECK(report.held[0].job == "main/staging/cf");
    CHECK(report.held[0].kind == "stemcell");
    CHECK(report.ignored.size() == 1);
    CHECK(report.findings.empty());
    CHECK(report.notices ==
          std::vector<std::string>{"1 finding below medium left out (minimum_severity)",
                                   "being mended now, to be judged after that: cf"});
}

TEST_CASE("an ignore rule must match everything it gives") {
    const std::string source = R"({"environment": "staging", "ignore": [
        {"match": "*", "environment": "production", "reason": "a"},
        {"rule": "ahead", "reason": "b"}]})";
    CHECK(judged({finding("cf")}, source).ignored.empty());
    Finding ahead = finding("cf");
    ahead.rule = "ahead";
    CHECK(judged({ahead}, source).ignored.size() == 1);
}

TEST_CASE("what is below minimum_severity is left out, and that is said") {
    const Report report = judged({finding("a", Severity::low), finding("b", Severity::high)},
                                 R"({"minimum_severity": "high"})");
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].subject == "b");
    CHECK(report.notices[0] == "1 finding below high left out (minimum_severity)");
}

TEST_CASE("what could not be judged is never below minimum_severity") {
    Finding undecided = finding("a", Severity::low);
    undecided.undecided = true;
    CHECK(judged({undecided}, R"({"minimum_severity": "high"})").findings.size() == 1);
}

TEST_CASE("findings are ordered by severity, then by name") {
    const Report report = judged({finding("b"), finding("a"), finding("z", Severity::high)}, "{}");
    CHECK(report.findings[0].subject == "z");
    CHECK(report.findings[1].subject == "a");
    CHECK(report.findings[2].subject == "b");
}

TEST_CASE("rules that say too little or too much are refused") {
    CHECK(
        refusal(R"({"ignore": [{"match": "*"}]})").find("source.ignore[0].reason: it is missing") ==
        0);
    CHECK(
        refusal(R"({"ignore": [{"reason": "r"}]})").find("source.ignore[0].match: it is missing") ==
        0);
    CHECK(refusal(R"({"ignore": [{"match": "*", "reason": "r", "untill": "2026-01-01"}]})") ==
          "source.ignore[0].untill: there is no such key\n  Did you mean \"until\"?");
    CHECK(refusal(R"({"jobs": [{"match": "*", "job": "deploy"}]})")
              .find("source.jobs[0].job: it is no job, wanted: team/pipeline/job") == 0);
    CHECK(refusal(R"({"jobs": [{"match": "*", "job": "a//c"}]})") != "fine");
    CHECK(refusal(R"({"jobs": [{"match": "*", "job": "a/b/c/d"}]})") != "fine");
    CHECK(refusal(R"({"jobs": [{"match": "*", "job": "a/b[x=y/z]/c"}]})") == "fine");
    CHECK(refusal(R"({"jobs": [{"match": "*", "job": "a/b/{deploymnt}"}]})") ==
          "source.jobs[0].job: there is no placeholder {deploymnt}\n  Did you mean {deployment}?");
    CHECK(refusal(R"({"jobs": [{"match": "*", "job": "a/b/{deployment"}]})") ==
          "source.jobs[0].job: a placeholder has no }");
}

TEST_CASE("remind is never, or a number of days") {
    CHECK_FALSE(keys("{}").version.remind);
    CHECK(keys(R"({"remind": "never"})").version.remind == std::chrono::days(0));
    CHECK(keys(R"({"remind": "7d"})").version.remind == std::chrono::days(7));
    CHECK(keys(R"({"remind": "48h"})").version.remind == std::chrono::days(2));
    CHECK(refusal(R"({"remind": "12h"})").find("source.remind: it is not a number of whole days") ==
          0);
    CHECK(refusal(R"({"remind": "daily"})").find("source.remind: \"daily\" is no duration") == 0);
}

TEST_CASE("a stop is noticed while findings are judged") {
    upkeep::Stop stop;
    const auto judge_one = [&] {
        Look look;
        look.findings = {finding("cf")};
        return upkeep::judge(std::move(look), kind(), keys("{}"), now, stop);
    };
    CHECK(judge_one().findings.size() == 1);
    stop.request();
    CHECK_THROWS_AS(judge_one(), upkeep::Stopped);
}
