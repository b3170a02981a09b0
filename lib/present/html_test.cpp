#include "present/html.h"

#include <doctest/doctest.h>

#include <algorithm>
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

std::size_t times(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

Report with_magnitudes(std::initializer_list<std::int64_t> values) {
    Report report = samples::few();
    const Finding model = report.findings.front();
    report.findings.clear();
    for (const std::int64_t value : values) {
        report.findings.push_back(model);
        report.findings.back().subject = "d" + std::to_string(report.findings.size());
        report.findings.back().magnitude->value = value;
    }
    return report;
}

}  // namespace

TEST_CASE("golden: the page") {
    check_golden("report/few.html", html(samples::few(), "Stale stemcells"));
    check_golden("report/none.html", html(samples::none(), "Stale stemcells"));
    check_golden("report/four_environments.html",
                 html(samples::four_environments(), "Stale stemcells"));
    check_golden("report/not_looked.html", html(samples::not_looked(), "Stale stemcells"));
    check_golden("report/hostile.html", html(samples::hostile(), "<script>alert(0)</script>"));
}

TEST_CASE("what is being mended is not denied, nor on the card of its environment") {
    Report report = samples::four_environments();
    const auto clean = environments(report).front();
    REQUIRE(clean.state == State::clean);
    Finding finding = samples::few().findings.front();
    finding.environment = clean.name;
    report.held = {finding};
    const std::string page = html(report);
    CHECK(times(page, "nothing found but what is being mended now") == 2);
    CHECK_FALSE(has(page, "nothing found<"));
}

TEST_CASE("a hostile text does no harm in the page") {
    for (const std::string& text : samples::hostile_texts()) {
        INFO(text);
        CHECK(wrong_with_html(html(samples::made_of(text), text)) == "");
    }
    CHECK(wrong_with_html(html(samples::hostile())) == "");
    CHECK(wrong_with_html(html(samples::many())) == "");
    NotLooked blind = samples::not_looked();
    blind.environment = blind.kind = blind.reason = blind.summary =
        "<img src=x onerror=alert(1)>\n\x1b[2J";
    CHECK(wrong_with_html(html(blind)) == "");
    CHECK(html(samples::made_of(std::string(10'000, 'x'))).size() < 60'000);
}

TEST_CASE("the check of the page notices what it is for") {
    const std::string page = html(samples::few());
    const auto with = [&](const std::string& markup) {
        std::string changed = page;
        return changed.insert(changed.find("<main>"), markup);
    };
    CHECK(wrong_with_html(page) == "");
    CHECK(wrong_with_html(with("<script>alert(1)</script>")) != "");
    CHECK(wrong_with_html(with("<p>")) != "");
    CHECK(wrong_with_html(with("</p>")) != "");
    CHECK(wrong_with_html(with("a < b")) != "");
    CHECK(wrong_with_html(with("a > b")) != "");
    CHECK(wrong_with_html(with("<p onclick=\"x\">a</p>")) != "");
    CHECK(wrong_with_html(with("<p class=x>a</p>")) != "");
    CHECK(wrong_with_html(with("<a href=\"javascript:x\">a</a>")) != "");
    CHECK(wrong_with_html(with("\x1b")) != "");
}

TEST_CASE("the page needs nothing from outside and allows nothing") {
    const std::string page = html(samples::four_environments());
    CHECK(has(page, "content=\"default-src 'none'; style-src 'sha256-"));
    CHECK_FALSE(has(page, "unsafe"));
    CHECK_FALSE(has(page, "src="));
    CHECK_FALSE(has(page, "url("));
    CHECK_FALSE(has(page, "@import"));
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "<link"));
}

TEST_CASE("nothing found and not looked at look different on the page") {
    const std::string clean = html(samples::none());
    CHECK(has(clean, "<p class=\"lead clean\">Nothing found in production.</p>"));
    CHECK_FALSE(has(clean, "not looked at"));
    const std::string page = html(samples::four_environments());
    CHECK(has(page, "<a class=\"card clean\" href=\"#e0\">"));
    CHECK(has(page, "<a class=\"card blind\" href=\"#e1\">"));
    CHECK(has(page, "<a class=\"card high partly\" href=\"#e2\">"));
    CHECK(has(page, "<a class=\"card critical\" href=\"#e3\">"));
    CHECK(page.find("Could not be looked at") < page.find("id=\"e0\""));
    CHECK(has(html(samples::not_looked()),
              "<p class=\"lead blind\">Not looked at: stemcell in staging.</p>"));
    CHECK(has(html(Report{}), "<p class=\"lead blind\">Nothing could be looked at.</p>"));
    Report partly = samples::none();
    partly.coverage.back().failure = "refused";
    CHECK_FALSE(has(html(partly), "lead clean"));
}

TEST_CASE("the picture has a bar for each subject, the largest first, on one scale") {
    const std::string page = html(with_magnitudes({5, 100, 50}));
    CHECK(times(page, "<rect ") == 3);
    CHECK(page.find("<rect width=\"1000\"") < page.find("<rect width=\"500\""));
    CHECK(page.find("<rect width=\"500\"") < page.find("<rect width=\"50\""));
    CHECK(has(page, "<figcaption>Versions behind</figcaption>"));
}

TEST_CASE("the picture stays a picture") {
    CHECK(times(html(with_magnitudes({5})), "<rect ") == 0);  // nothing to compare with
    CHECK(times(html(with_magnitudes({0, 0})), "<rect ") == 0);
    CHECK(times(html(with_magnitudes({0, 9})), "<rect width=\"0\"") == 1);
    CHECK(times(html(with_magnitudes({1, 1'000'000})), "<rect width=\"4\"") == 1);  // still seen
    CHECK(times(html(with_magnitudes({-5, 9})), "<rect width=\"0\"") == 1);
    const std::string many = html(with_magnitudes({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}));
    CHECK(times(many, "<rect ") == 12);
    CHECK(has(many, "and 2 more, of 2 or less"));
    Report report = with_magnitudes({5, 100, 50});
    report.findings[0].magnitude.reset();
    report.findings[1].subject = report.findings[2].subject;  // the larger of its two
    CHECK(times(html(report), "<rect ") == 0);
}

TEST_CASE("the page stays small, and says what it leaves out") {
    Report report = samples::few();
    report.findings.resize(1);
    report.findings.resize(2'500, report.findings.front());
    report.ignored.resize(2'500, IgnoredFinding{report.findings.front(), "why", {}});
    report.notices.assign(2'500, "a notice");
    report.coverage.resize(1);
    report.coverage.front().failure = "refused";
    report.coverage.resize(2'500, report.coverage.front());
    const std::string page = html(report);
    CHECK(wrong_with_html(page) == "");
    CHECK(times(page, "<details>") == 1'000);
    CHECK(times(page, "<td class=\"why\"") == 1'000);
    CHECK(times(page, "<li>a notice</li>") == 1'000);
    CHECK(times(page, "<p>refused</p>") == 1'000);
    CHECK(times(page, "<td class=\"place\"") == 1'000);
    CHECK(times(page,
                "1500 more are not shown here: findings.json (--format json) has all 2500.") == 5);
    report.findings.resize(1'000);
    CHECK(times(html(report), "1500 more") == 4);
}

TEST_CASE("the page is read by keyboard and aloud") {
    const std::string page = html(samples::four_environments(), "Stale stemcells");
    CHECK(has(page, "<html lang=\"en\">"));
    CHECK(times(page, "<h1>") == 1);
    CHECK(times(page, "<main>") == 1);
    CHECK(has(page, "<nav aria-label=\"Environments\">"));
    CHECK(times(page, "<table ") == times(page, "<caption>"));
    CHECK(times(page, "<section ") == times(page, "aria-labelledby="));
    CHECK(times(page, "<svg ") == times(page, "aria-hidden=\"true\""));
    CHECK(times(page, "<th ") == times(page, "scope="));
}

TEST_CASE("links lead to the web, in the page's words") {
    Report report = samples::few();
    report.findings.front().runbook = "javascript:alert(1)";
    const std::string page = html(report);
    CHECK(has(page,
              "<a href=\"https://bosh.io/stemcells/bosh-aws-xen-hvm-ubuntu-jammy-go_agent\" "
              "rel=\"noopener noreferrer\">published versions</a>"));
    CHECK(has(page, "<li>runbook: javascript:alert(1)</li>"));
}
