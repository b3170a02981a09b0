#include "present/markdown.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/golden.h"
#include "tests/samples.h"
#include "tests/well_formed.h"

using namespace upkeep;
using namespace upkeep::present;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("golden: Markdown") {
    check_golden("report/few.md", markdown(samples::few()));
    check_golden("report/none.md", markdown(samples::none()));
    check_golden("report/four_environments.md", markdown(samples::four_environments()));
    check_golden("report/not_looked.md", markdown(samples::not_looked()));
    check_golden("report/hostile.md", markdown(samples::hostile()));
}

TEST_CASE("a hostile text does no harm in Markdown") {
    for (const std::string& text : samples::hostile_texts()) {
        INFO(text);
        CHECK(wrong_with_markdown(markdown(samples::made_of(text))) == "");
    }
    CHECK(wrong_with_markdown(markdown(samples::hostile())) == "");
    CHECK(wrong_with_markdown(markdown(samples::not_looked())) == "");
    const std::string page = markdown(samples::made_of("<script>alert(1)</script>"));
    CHECK_FALSE(has(page, "| <script>"));
    CHECK_FALSE(has(page, " <script>"));
}

TEST_CASE("nothing found and not looked at read differently") {
    CHECK(has(markdown(samples::none()), "### production: nothing found\n"));
    CHECK_FALSE(has(markdown(samples::none()), "ot looked at"));
    const std::string page = markdown(samples::four_environments());
    CHECK(has(page, "### development: not looked at\n"));
    CHECK(page.find("**Not looked at:**") < page.find("### "));
}

TEST_CASE("a link stands only where it leads to the web") {
    Report report = samples::few();
    report.findings.front().runbook = "javascript:alert(1)";
    const std::string page = markdown(report);
    CHECK(has(page, "[published versions](https://bosh.io/stemcells/"));
    CHECK(has(page, "runbook: `javascript:alert(1)`"));
    CHECK_FALSE(has(page, "](javascript"));
}

TEST_CASE("the same advice stands once, behind what it is for") {
    const std::string page = markdown(samples::many());
    const std::string advice = " more: Deploy it with 1.1364.\n";
    std::size_t count = 0;
    for (std::size_t at = page.find(advice); at != std::string::npos;
         at = page.find(advice, at + 1)) {
        ++count;
    }
    CHECK(count == 4);  // in each environment
    CHECK(has(markdown(samples::few()),
              "- `cf-staging`, `prometheus-staging`: Deploy it with 1.1364.\n"));
}

TEST_CASE("several kinds are told apart in Markdown") {
    Report report = samples::few();
    report.findings.back().kind = "certificate";
    CHECK(has(markdown(report),
              "| Severity | Kind | Subject | What | Job |\n| --- | --- | --- | --- |"));
    CHECK(wrong_with_markdown(markdown(report)) == "");
}

TEST_CASE("what is long is cut, and it is said how much is missing (markdown)") {
    Report report = samples::few();
    report.findings.resize(1);
    report.findings.resize(2'500, report.findings.front());
    report.notices.assign(2'500, "a notice");
    report.coverage.front().failure = "refused";
    report.coverage.resize(1);
    report.coverage.resize(2'500, report.coverage.front());
    const std::string text = markdown(report);
    const auto times = [&](std::string_view part) {
        std::size_t count = 0;
        for (std::size_t at = text.find(part); at != std::string::npos;
             at = text.find(part, at + 1)) {
            ++count;
        }
        return count;
    };
    CHECK(times(report.findings.front().summary) == 1'000);
    CHECK(times("a notice") == 1'000);
    CHECK(times("refused") == 1'000);
    CHECK(times("1500 more are not shown here: findings.json (--format json) has all 2500.") == 3);
    report.findings.resize(1'000);
    CHECK(markdown(report).find("1500 more") != std::string::npos);
    report.notices.resize(1'000);
    report.coverage.resize(1'000);
    CHECK(markdown(report).find(" more are not shown") == std::string::npos);
}
