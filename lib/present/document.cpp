#include "present/document.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"

namespace upkeep::present {

namespace {

json::value text(std::string_view value) {
    return json::value(valid_utf8(value));
}

json::value text_or_null(std::string_view value) {
    return value.empty() ? json::value(nullptr) : text(value);
}

template <typename Items, typename Convert>
json::array list(const Items& items, Convert convert) {
    json::array out;
    out.reserve(items.size());
    for (const auto& item : items) {
        out.push_back(convert(item));
    }
    return out;
}

json::array texts(const std::vector<std::string>& items) {
    return list(items, [](const std::string& one) { return text(one); });
}

json::object coverage_json(const Coverage& part) {
    return {{"environment", text_or_null(part.environment)},
            {"kind", text(part.kind)},
            {"what", text(part.what())},
            {"place", text_or_null(part.place)},
            {"identity", text_or_null(part.identity)},
            {"count", part.count},
            {"failure", text_or_null(part.failure)}};
}

json::object ignored_json(const IgnoredFinding& one) {
    return {{"finding", to_json(one.finding)},
            {"reason", text(one.reason)},
            {"until", one.until ? json::value(to_text(*one.until)) : json::value(nullptr)}};
}

json::object environment_json(const Environment& one) {
    return {{"environment", text_or_null(one.name)},
            {"looked", one.state != State::not_looked_at},
            {"complete", one.complete},
            {"count", one.findings.size()}};
}

json::object severities_json(const Report& report) {
    json::object out;
    std::for_each(severities.rbegin(), severities.rend(), [&](Severity severity) {
        out[to_text(severity)] =
            std::count_if(report.findings.begin(), report.findings.end(),
                          [&](const Finding& one) { return one.severity == severity; });
    });
    return out;
}

std::string reasons(const Report& report) {
    std::vector<std::string> all;
    for (const Coverage* part : failures(report)) {
        all.push_back(part->what() + ": " + part->failure);
    }
    return all.empty() ? "nothing was to be looked at" : fmt::format("{}", fmt::join(all, "; "));
}

}  // namespace

json::object to_json(const Finding& finding) {
    return {
        {"id", text(finding.id)},
        {"kind", text(finding.kind)},
        {"rule", text(finding.rule)},
        {"environment", text_or_null(finding.environment)},
        {"subject", text(finding.subject)},
        {"severity", to_text(finding.severity)},
        {"summary", text(finding.summary)},
        {"since", finding.since ? json::value(to_text(*finding.since)) : json::value(nullptr)},
        {"details",
         list(finding.details,
              [](const Detail& one) {
                  return json::object{{"name", text(one.name)}, {"value", text(one.value)}};
              })},
        {"advice", text_or_null(finding.advice)},
        {"links", list(finding.links,
                       [](const Link& one) {
                           return json::object{{"title", text(one.title)}, {"url", text(one.url)}};
                       })},
        {"runbook", text_or_null(finding.runbook)},
        {"job", text_or_null(finding.job)},
        {"recurs", finding.recurs},
        {"magnitude", finding.magnitude ? json::value{{"value", finding.magnitude->value},
                                                      {"unit", text(finding.magnitude->unit)}}
                                        : json::value(nullptr)}};
}

json::value to_json(const Report& report) {
    const bool any = looked(report);
    const auto unless_blind = [&](json::array items) {
        return any ? json::value(std::move(items)) : json::value(nullptr);
    };
    return {{"schema_version", document_version},
            {"looked", any},
            {"reason", any ? json::value(nullptr) : text(reasons(report))},
            {"looked_at", to_text(report.looked_at)},
            {"complete", any && report.complete()},
            {"count", report.findings.size()},
            {"summary", text(summary_line(report))},
            {"severities", severities_json(report)},
            {"environments", list(environments(report), environment_json)},
            {"jobs", unless_blind(texts(jobs(report)))},
            {"findings",
             unless_blind(list(report.findings, [](const Finding& one) { return to_json(one); }))},
            {"ignored", unless_blind(list(report.ignored, ignored_json))},
            {"resolved", unless_blind(texts(report.resolved))},
            {"coverage", list(report.coverage, coverage_json)},
            {"notices", texts(report.notices)}};
}

json::value to_json(const NotLooked& not_looked) {
    const json::object environment{{"environment", text_or_null(not_looked.environment)},
                                   {"looked", false},
                                   {"complete", false},
                                   {"count", not_looked.count}};
    return {{"schema_version", document_version},
            {"looked", false},
            {"reason", text(not_looked.reason)},
            {"looked_at", to_text(not_looked.tried_at)},
            {"complete", false},
            {"count", not_looked.count},
            {"summary", text(not_looked.summary)},
            {"severities", nullptr},
            {"environments", json::array{environment}},
            {"jobs", nullptr},
            {"findings", nullptr},
            {"ignored", nullptr},
            {"resolved", nullptr},
            {"coverage", json::array{}},
            {"notices", json::array{}}};
}

std::string json_text(const json::value& document) {
    return printable_json(to_pretty(document));
}

std::string json_text(const Report& report) {
    return json_text(to_json(report));
}

std::string json_text(const NotLooked& not_looked) {
    return json_text(to_json(not_looked));
}

}  // namespace upkeep::present
