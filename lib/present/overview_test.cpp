#include "present/overview.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/samples.h"

using namespace upkeep;
using namespace upkeep::present;

namespace {

Coverage part(const std::string& environment, const std::string& one, std::int64_t count,
              const std::string& of = "") {
    return {environment, "stemcell", {one, one + "s"}, of, environment + "/" + one + of, "",
            count,       ""};
}

Coverage failed(const std::string& environment) {
    Coverage coverage = part(environment, "deployment", 0);
    coverage.failure = "refused";
    return coverage;
}

Finding finding(const std::string& environment, const std::string& subject) {
    Finding one;
    one.environment = environment;
    one.subject = subject;
    one.job = "main/deploy/" + subject;
    return one;
}

}  // namespace

TEST_CASE("the summary names what was found, the first few by name") {
    Report report;
    report.coverage = {part("staging", "deployment", 9)};
    report.findings = {finding("staging", "cf"), finding("staging", "concourse")};
    CHECK(summary_line(report) == "2 findings in staging: cf, concourse");
    CHECK(headline(report) == "2 findings in staging");
    report.findings.push_back(finding("staging", "cf"));
    CHECK(summary_line(report) == "3 findings in staging: cf, concourse");
    report.findings.push_back(finding("staging", "a"));
    report.findings.push_back(finding("staging", "b"));
    CHECK(summary_line(report) == "5 findings in staging: cf, concourse, a and 1 more");
    report.findings = {finding("staging", "cf")};
    CHECK(summary_line(report) == "1 finding in staging: cf");
}

TEST_CASE("nothing found, nothing looked at and everything between are told apart") {
    Report report;
    CHECK(summary_line(report) == "nothing could be looked at");
    report.coverage = {failed("staging")};
    CHECK(summary_line(report) == "nothing could be looked at in staging");
    CHECK_FALSE(looked(report));
    report.coverage = {part("staging", "deployment", 9)};
    CHECK(summary_line(report) == "nothing found in staging");
    report.coverage.push_back(failed("staging"));
    CHECK(summary_line(report) == "nothing found in staging; not everything could be looked at");
    report.coverage.push_back(failed("production"));
    CHECK(summary_line(report) == "nothing found in staging; production could not be looked at");
    report.findings = {finding("staging", "cf")};
    CHECK(summary_line(report) == "1 finding in staging: cf; production could not be looked at");
}

TEST_CASE("a report without the names of environments does without them") {
    Report report;
    report.coverage = {part("", "deployment", 9)};
    CHECK(summary_line(report) == "nothing found");
    report.findings = {finding("", "cf")};
    CHECK(summary_line(report) == "1 finding: cf");
}

TEST_CASE("the summary stays on one line and short, whatever the names") {
    Report report = samples::hostile();
    const std::string line = summary_line(report);
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.find('\x1b') == std::string::npos);
    report.findings = {finding(std::string(10'000, 'e'), std::string(10'000, 's'))};
    CHECK(summary_line(report).size() < 300);
}

TEST_CASE("environments stand in the order of their sources, each as it is") {
    const Report report = samples::four_environments();
    const std::vector<Environment> all = environments(report);
    REQUIRE(all.size() == 4);
    CHECK(all[0].name == "tooling");
    CHECK(all[0].state == State::clean);
    CHECK(all[0].complete);
    CHECK(all[1].name == "development");
    CHECK(all[1].state == State::not_looked_at);
    CHECK(all[2].name == "staging");
    CHECK(all[2].state == State::findings);
    CHECK_FALSE(all[2].complete);
    CHECK(all[3].name == "production");
    CHECK(all[3].state == State::findings);
    CHECK(all[3].complete);
    CHECK(all[3].findings.size() == 4);
    CHECK(severity_words(all[3].findings) == "1 critical, 1 high, 1 medium, 1 low");
    CHECK(state_words(all[2]) == "3 findings, as far as was looked");
}

TEST_CASE("severities in words are as short as they can be") {
    Report report = samples::few();
    const auto words = [&] { return severity_words(environments(report).front().findings); };
    CHECK(words() == "1 high, 2 medium");
    report.findings.erase(report.findings.begin());
    CHECK(words() == "all medium");
    report.findings.pop_back();
    CHECK(words() == "medium");
    report.findings.clear();
    CHECK(words().empty());
}

TEST_CASE("a finding says that something was seen, though every part failed") {
    Report report;
    report.coverage = {failed("staging")};
    report.findings = {finding("staging", "endpoint")};
    CHECK(looked(report));
    CHECK(environments(report).front().state == State::findings);
    CHECK_FALSE(environments(report).front().complete);
}

TEST_CASE("coverage in words adds up what is alike, once where it is the same list") {
    Report report;
    report.coverage = {part("staging", "deployment", 9), part("production", "deployment", 1)};
    CHECK(coverage_words(report) == "10 deployments");
    report.coverage = {part("production", "deployment", 1)};
    CHECK(coverage_words(report) == "1 deployment");
    report.coverage.push_back(part("production", "published version", 164, "jammy"));
    CHECK(coverage_words(report) == "1 deployment and 164 published versions of jammy");
    report.coverage.push_back(part("production", "published version", 1, "noble"));
    CHECK(coverage_words(report) == "1 deployment and 165 published versions (2 lists)");
    Coverage same = report.coverage.back();
    same.environment = "staging";
    report.coverage.push_back(same);
    CHECK(coverage_words(report) == "1 deployment and 165 published versions (2 lists)");
    report.coverage.push_back(failed("staging"));
    CHECK(coverage_words(report) == "1 deployment and 165 published versions (2 lists)");
    report.coverage = {failed("staging")};
    CHECK(coverage_words(report).empty());
}

TEST_CASE("coverage in words stays short") {
    Report report;
    for (int kind = 0; kind < 20; ++kind) {
        report.coverage.push_back(part("staging", "thing" + std::to_string(kind), 2));
    }
    CHECK(coverage_words(report) ==
          "2 thing0s, 2 thing1s, 2 thing2s, 2 thing3s, 2 thing4s and 15 other things");
}

TEST_CASE("each job stands once, in the order of the findings") {
    Report report;
    report.findings = {finding("staging", "b"), finding("staging", "a"), finding("staging", "b"),
                       finding("staging", "c")};
    report.findings.back().job.clear();
    CHECK(jobs(report) == std::vector<std::string>{"main/deploy/b", "main/deploy/a"});
}

TEST_CASE("what a version does not name is not hidden behind \"nothing found\"") {
    upkeep::Report report = samples::none();
    report.newer = 4;
    CHECK(summary_line(report).find("nothing that the version names is open") == 0);
    CHECK(summary_line(report).find("; 4 newer findings are open") != std::string::npos);
}

TEST_CASE("what is being mended is not hidden behind \"nothing found\"") {
    upkeep::Report report = samples::none();
    const std::string name = report.coverage.front().environment;
    report.held = {finding(name, "cf")};
    CHECK(summary_line(report).find("nothing found but what is being mended now in ") == 0);
    CHECK(state_words(environments(report).front()) ==
          "nothing found but what is being mended now");
    CHECK(state_words(environments(report).back()) ==
          (environments(report).size() == 1 ? "nothing found but what is being mended now"
                                            : "nothing found"));
    report.newer = 1;
    CHECK(state_words(environments(report).front()) ==
          "nothing that the version names is open but what is being mended now");
    report.held.clear();
    CHECK(state_words(environments(report).front()) == "nothing that the version names is open");
}

TEST_CASE("the lines of a message, without blanks around them") {
    CHECK(lines_of("reading a: refused\n  Look at it.\n\n") ==
          std::vector<std::string>{"reading a: refused", "Look at it."});
    CHECK(lines_of(std::string(1'000, '\n')).empty());
    CHECK(lines_of("a\n" + std::string(100, 'b') + "\nc").size() == 3);
}
