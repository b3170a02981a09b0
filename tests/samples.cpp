#include "tests/samples.h"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

#include "core/text.h"

namespace upkeep::samples {

namespace {

const Moment looked_at = *parse_moment("2026-11-23T17:54:02Z");
const std::string jammy = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent";
const std::string noble = "bosh-aws-xen-hvm-ubuntu-noble";

struct Stale {
    std::string environment;
    std::string subject;
    std::string line;
    std::string deployed;
    std::string newest;
    std::int64_t versions = 0;
    std::int64_t days = 0;
};

Finding stale(const Stale& one, Severity severity, const std::string& job) {
    Finding finding;
    const std::string_view facts[] = {one.environment, one.subject, one.line, one.newest};
    finding.id = finding_id(facts);
    finding.kind = "stemcell";
    finding.rule = "stale";
    finding.environment = one.environment;
    finding.subject = one.subject;
    finding.severity = severity;
    finding.summary = fmt::format("{} {} is {} behind {} ({} days)", one.line, one.deployed,
                                  counted(std::size_t(one.versions), "version", "versions"),
                                  one.newest, one.days);
    finding.since = looked_at - std::chrono::days(one.days);
    finding.details = {{"line", one.line},
                       {"deployed", one.deployed},
                       {"newest", one.newest},
                       {"variant", "light"},
                       {"versions behind", std::to_string(one.versions)},
                       {"first newer version published", to_text(*finding.since)}};
    finding.advice = "Deploy it with " + one.newest + ".";
    finding.links = {{"published versions", "https://bosh.io/stemcells/" + one.line}};
    finding.job = job;
    finding.magnitude = Magnitude{one.versions, "versions behind"};
    return finding;
}

Coverage deployments(const std::string& environment, std::int64_t count) {
    return {environment,
            "stemcell",
            {"deployment", "deployments"},
            "",
            "https://bosh." + environment + ".example.com:25555/deployments",
            "upkeep",
            count,
            ""};
}

Coverage published(const std::string& environment, const std::string& line, std::int64_t count) {
    return {environment,
            "stemcell",
            {"published version", "published versions"},
            line,
            "https://bosh.io/api/v1/stemcells/" + line + "?all=1",
            "",
            count,
            ""};
}

Coverage failed(Coverage part, const std::string& why) {
    part.failure = why;
    part.count = 0;
    return part;
}

Report covered(std::vector<Coverage> coverage) {
    Report report;
    report.looked_at = looked_at;
    report.coverage = std::move(coverage);
    return report;
}

std::string deploy(const std::string& what) {
    return "main/deploy-cf/deploy-" + what;
}

}  // namespace

Report few() {
    Report report = covered({deployments("staging", 9), published("staging", jammy, 164),
                             published("staging", noble, 148)});
    const std::string env = "staging";
    report.findings = {stale({env, "cf-staging", jammy, "1.1200", "1.1364", 12, 34}, Severity::high,
                             deploy("cf-staging")),
                       stale({env, "concourse-staging", noble, "1.471", "1.484", 3, 9},
                             Severity::medium, deploy("concourse-staging")),
                       stale({env, "prometheus-staging", jammy, "1.1359", "1.1364", 2, 6},
                             Severity::medium, deploy("prometheus-staging"))};
    const auto legacy =
        stale({env, "legacy-db", jammy, "1.404", "1.1364", 120, 611}, Severity::high, "");
    report.ignored = {{legacy, "retired in March", parse_day("2027-03-31")}};
    report.notices = {"the rule that ignores \"sandbox-*\" ran out on 2026-10-31"};
    report.resolved = {"0123456789abcdef"};
    sort_findings(report.findings);
    return report;
}

Report none() {
    return covered({deployments("production", 34), published("production", jammy, 164),
                    published("production", noble, 148)});
}

Report four_environments() {
    Report report = covered({
        deployments("tooling", 5),
        published("tooling", jammy, 164),
        failed(
            deployments("development", 0),
            "connecting to bosh.development.example.com:25555: connection refused, after 3 tries"),
        deployments("staging", 12),
        published("staging", jammy, 164),
        failed(published("staging", noble, 0), "HTTP 503 from bosh.io, after 3 tries"),
        deployments("production", 17),
        published("production", jammy, 164),
        published("production", noble, 148),
    });
    const auto add = [&](const Stale& one, Severity severity) {
        report.findings.push_back(stale(one, severity, deploy(one.subject)));
    };
    add({"staging", "cf-staging", jammy, "1.1200", "1.1364", 12, 34}, Severity::high);
    add({"staging", "diego-cells-staging", jammy, "1.1309", "1.1364", 7, 21}, Severity::medium);
    add({"production", "cf-production", jammy, "1.984", "1.1364", 31, 97}, Severity::critical);
    add({"production", "concourse-production", noble, "1.471", "1.484", 3, 9}, Severity::medium);
    add({"production", "logsearch-production", jammy, "1.1200", "1.1364", 12, 34}, Severity::high);
    add({"production", "prometheus-production", jammy, "1.1362", "1.1364", 1, 2}, Severity::low);
    Finding unknown =
        stale({"staging", "opensearch-staging", noble, "", "", 0, 0}, Severity::medium, "");
    unknown.rule = "not-evaluated";
    unknown.summary =
        "could not be compared: the published versions of " + noble + " are not known";
    unknown.details = {{"line", noble}, {"deployed", "1.471"}};
    unknown.since.reset();
    unknown.magnitude.reset();
    unknown.recurs = true;
    report.findings.push_back(unknown);
    sort_findings(report.findings);
    return report;
}

Report many() {
    Report report = covered({});
    const std::vector<std::string> names{"cf", "diego-cells", "concourse", "prometheus",
                                         "logsearch"};
    for (const std::string env : {"tooling", "development", "staging", "production"}) {
        report.coverage.push_back(deployments(env, 75));
        report.coverage.push_back(published(env, jammy, 164));
        report.coverage.push_back(published(env, noble, 148));
        for (std::int64_t n = 0; n < 75; ++n) {
            const auto which = static_cast<std::size_t>(n) % names.size();
            const std::string subject = fmt::format("{}-{:02}-{}", names[which], n, env);
            const std::int64_t behind = 1 + (n * 37 + std::int64_t(env.size()) * 11) % 60;
            const Severity severity = behind > 55   ? Severity::critical
                                      : behind > 35 ? Severity::high
                                      : behind > 5  ? Severity::medium
                                                    : Severity::low;
            report.findings.push_back(stale(
                {env, subject, n % 3 == 0 ? noble : jammy, "1.1200", "1.1364", behind, behind * 3},
                severity, deploy(subject)));
        }
    }
    sort_findings(report.findings);
    return report;
}

const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> texts{
        "<script>alert(1)</script>",
        "</style><script>alert(2)</script>",
        "--><img src=x onerror=alert(3)>",
        "\"><svg onload=alert(4)>",
        "' onmouseover='alert(5)",
        "&lt;script&gt;&#60;b&#62;",
        "|",
        R"(a\|b|c\\|d)",
        "a\nb\r\nc",
        "`code` ``two`` *bold* _it_ __b__ ~~s~~ $x^2$",
        "[link](javascript:alert(6)) ![i](http://evil.example/x.png)",
        "# heading",
        "- item\n1. item\n> quote\n---\n    code",
        "@everyone and @cf/admins, see #1, !2 and evil@evil.example",
        "https://evil.example/ www.evil.example <http://evil.example>",
        "{{ handlebars }} ${ENV} $(id) %n %s",
        "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J",
        "\u009B31m one-character CSI",
        "\xE2\x80\xAEgnigats-fc\xE2\x80\xAC \xE2\x81\xA6x\xE2\x81\xA9",
        "bytes \xFF\xFE \xC0\xAF \xED\xA0\x80 cut \xE2\x80",
        std::string("nul \0 inside", 12),
        "\xE6\x9D\xB1\xE4\xBA\xAC-\xF0\x9F\x9A\x80",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D-(1)",
        std::string(1'200, 'x'),
        "",
        " ",
    };
    return texts;
}

Report made_of(const std::string& text) {
    Report report;
    report.looked_at = looked_at;
    Finding finding;
    const std::string_view facts[] = {text};
    finding.id = finding_id(facts);
    finding.kind = text;
    finding.rule = text;
    finding.environment = text;
    finding.subject = text;
    finding.severity = Severity::high;
    finding.summary = text;
    finding.since = looked_at;
    finding.details = {{text, text}, {text, text}};
    finding.advice = text;
    finding.links = {{text, text}, {text, "https://bosh.io/" + text}};
    finding.runbook = text;
    finding.job = text;
    finding.magnitude = Magnitude{7, text};
    report.findings = {finding};
    report.ignored = {{finding, text, parse_day("2027-03-31")}};
    report.coverage = {{text, text, {text, text}, text, text, text, 3, ""},
                       {text, text, {text, text}, text, text, text, 0, text}};
    if (text.empty()) {
        report.coverage.back().failure = "it failed";
    }
    report.notices = {text};
    report.resolved = {text};
    return report;
}

Report hostile() {
    Report report;
    report.looked_at = looked_at;
    for (const std::string& text : hostile_texts()) {
        Report one = made_of(text);
        for (Coverage& part : one.coverage) {
            part.environment = "staging";
        }
        one.findings.front().environment = "staging";
        one.ignored.front().finding.environment = "staging";
        one.findings.front().magnitude->unit = "<b>versions</b> | behind";
        merge(report, std::move(one));
    }
    return report;
}

present::NotLooked not_looked() {
    return {looked_at,
            "staging",
            "stemcell",
            "reading the deployments from https://bosh.staging.example.com:25555: connection "
            "refused, after 3 tries\n"
            "  Check that the director runs and that this worker may reach it.",
            3,
            "3 open: cf-staging, concourse-staging, prometheus-staging"};
}

}  // namespace upkeep::samples
