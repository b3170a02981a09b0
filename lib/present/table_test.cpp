#include "present/table.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "core/text.h"
#include "present/ink.h"
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

TEST_CASE("golden: the table") {
    check_golden("report/few.txt", table(samples::few(), {}));
    check_golden("report/few.80.txt", table(samples::few(), {80, false}));
    check_golden("report/few.40.txt", table(samples::few(), {40, false}));
    check_golden("report/few.colour.txt", table(samples::few(), {120, true}));
    check_golden("report/none.txt", table(samples::none(), {}));
    check_golden("report/four_environments.txt", table(samples::four_environments(), {}));
    check_golden("report/four_environments.80.txt",
                 table(samples::four_environments(), {80, false}));
    check_golden("report/not_looked.txt", table(samples::not_looked(), {}));
    check_golden("report/hostile.txt", table(samples::hostile(), {}));
}

TEST_CASE("no line is wider than the terminal, and wide ones are not filled up") {
    for (std::size_t width = 20; width < 180; ++width) {
        const Report report = samples::four_environments();
        CHECK(wrong_with_width(table(report, {width, false}), width).empty());
    }
    for (const std::size_t width : {20U, 33U, 40U, 60U, 80U, 100U, 120U, 200U}) {
        for (const Report& report : {samples::few(), samples::many(), samples::four_environments(),
                                     samples::hostile(), samples::none()}) {
            CHECK(wrong_with_width(table(report, {width, false}), width).empty());
        }
        CHECK(wrong_with_width(table(samples::not_looked(), {width, false}), width).empty());
    }
    CHECK(table(samples::few(), {300, false}) == table(samples::few(), {}));
    CHECK(table(samples::few(), {1, false}) == table(samples::few(), {table_width_least, false}));
}

TEST_CASE("a name that people copy is whole in one line wherever it fits in one") {
    for (std::size_t width = table_width_least; width < 180; ++width) {
        const Report report = samples::four_environments();
        const std::string text = table(report, {width, false});
        for (const Finding& finding : report.findings) {
            for (const std::string& name : {finding.job, finding.subject}) {
                CAPTURE(name);
                CAPTURE(width);
                CHECK((display_width(name) > width || has(text, name)));
            }
        }
    }
}

TEST_CASE("a file has one line for each finding, to be searched and cut") {
    const std::string text = table(samples::many(), {});
    std::size_t rows = 0;
    for (const std::string_view line : lines_in(text)) {
        const bool row = line.starts_with("  ") &&
                         line.find(" main/deploy-cf/deploy-") != std::string_view::npos;
        rows += row ? 1 : 0;
    }
    CHECK(rows == 300);
}

TEST_CASE("nothing found and not looked at look different") {
    const std::string found_nothing = table(samples::none(), {});
    CHECK(has(found_nothing, "production: nothing found\n"));
    CHECK_FALSE(has(found_nothing, "NOT LOOKED AT"));
    Report blind = samples::none();
    for (Coverage& part : blind.coverage) {
        part.failure = "connection refused";
    }
    const std::string text = table(blind, {});
    CHECK(text.starts_with("NOT LOOKED AT: production: deployments from "));
    CHECK(has(text, "production: NOT LOOKED AT\n"));
    CHECK_FALSE(has(text, "nothing found"));
    CHECK(has(table(Report{}, {}), "NOTHING WAS LOOKED AT"));
    CHECK(table(samples::not_looked(), {}).starts_with("NOT LOOKED AT: staging, stemcell\n"));
}

TEST_CASE("what could not be looked at stands first, and is named at the end again") {
    const std::string text = table(samples::four_environments(), {});
    CHECK(text.find("NOT LOOKED AT: development") < text.find("cf-staging"));
    CHECK(text.find("connection refused") < text.find("cf-staging"));
    CHECK(text.ends_with("2 parts could not be looked at: see the top.\n"));
}

TEST_CASE("the colours are ours, and take nothing away") {
    for (const Report& report : {samples::four_environments(), samples::hostile()}) {
        for (const std::size_t width : {0U, 40U, 100U}) {
            const std::string coloured = table(report, {width, true});
            CHECK(wrong_with_colours(coloured, table(report, {width, false})).empty());
        }
    }
    CHECK(has(table(samples::few(), {0, true}), "\x1b[31mhigh\x1b[0m"));
}

TEST_CASE("a hostile text does no harm in the table") {
    for (const std::string& text : samples::hostile_texts()) {
        INFO(text);
        CHECK(wrong_with_text(table(samples::made_of(text), {80, false})).empty());
        CHECK(wrong_with_text(table(samples::made_of(text), {})).empty());
    }
    const Report report = samples::made_of(std::string(10'000, 'x'));
    for (const std::string_view line : lines_in(table(report, {}))) {
        CHECK(line.size() < 2'000);
    }
}

TEST_CASE("several kinds are told apart") {
    Report report = samples::few();
    CHECK_FALSE(has(table(report, {}), "KIND"));
    report.findings.back().kind = "certificate";
    CHECK(has(table(report, {}), "  SEVERITY  KIND         SUBJECT"));
    CHECK(has(table(report, {}), "  medium    certificate  "));
}

TEST_CASE("what is ignored stands with its reason, in one line for one reason") {
    Report report = samples::few();
    IgnoredFinding other = report.ignored.front();
    other.finding.subject = "legacy-web";
    report.ignored.push_back(other);
    CHECK(has(table(report, {}),
              "2 findings ignored\n  staging: legacy-db, legacy-web: retired in March, until "
              "2027-03-31\n"));
    for (int more = 0; more < 30; ++more) {
        report.ignored.push_back(other);
    }
    CHECK(has(table(report, {}), ", and 12 more: retired in March"));
}

TEST_CASE("what is long is cut, and it is said how much is missing (table)") {
    Report report = samples::few();
    report.findings.resize(1);
    report.findings.resize(2'500, report.findings.front());
    report.notices.assign(2'500, "a notice");
    report.coverage.front().failure = "refused";
    report.coverage.resize(1);
    report.coverage.resize(2'500, report.coverage.front());
    const std::string text = table(report, {});
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
    CHECK(table(report, {}).find("1500 more") != std::string::npos);
    report.notices.resize(1'000);
    report.coverage.resize(1'000);
    CHECK(table(report, {}).find(" more are not shown") == std::string::npos);
}
