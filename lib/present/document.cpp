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

// The one object of a document, by its members; a list by its items, so that a long one is never
// held as a whole.
class Members {
  public:
    explicit Members(const Sink& sink) : sink_(sink) {}

    void add(std::string_view key, const json::value& value) {
        begin(key);
        sink_(printable_json(to_pretty(value, "  ")));
    }
    template <typename Items, typename Convert>
    void add_list(std::string_view key, const Items& items, Convert convert) {
        begin(key);
        const char* before = "[\n    ";
        for (const auto& item : items) {
            sink_(before + printable_json(to_pretty(convert(item), "    ")));
            before = ",\n    ";
        }
        sink_(items.empty() ? "[]" : "\n  ]");
    }
    void end() { sink_("\n}\n"); }

  private:
    void begin(std::string_view key) {
        sink_(std::string(first_ ? "{\n  \"" : ",\n  \"").append(key).append("\": "));
        first_ = false;
    }

    const Sink& sink_;
    bool first_ = true;
};

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
        {"job_mends", finding.job_mends},
        {"undecided", finding.undecided},
        {"recurs", finding.recurs},
        {"magnitude", finding.magnitude ? json::value{{"value", finding.magnitude->value},
                                                      {"unit", text(finding.magnitude->unit)}}
                                        : json::value(nullptr)}};
}

void write_json(const Report& report, const Sink& sink) {
    const bool any = looked(report);
    Members members(sink);
    members.add("schema_version", document_version);
    members.add("looked", any);
    members.add("reason", any ? json::value(nullptr) : text(reasons(report)));
    members.add("looked_at", json::value(to_text(report.looked_at)));
    members.add("complete", any && report.complete());
    members.add("count", report.findings.size());
    members.add("summary", text(summary_line(report)));
    members.add("severities", severities_json(report));
    members.add_list("environments", environments(report), environment_json);
    if (any) {
        members.add_list("jobs", jobs(report), text);
        members.add_list("findings", report.findings,
                         [](const Finding& one) { return to_json(one); });
        members.add_list("held", report.held, [](const Finding& one) { return to_json(one); });
        members.add_list("ignored", report.ignored, ignored_json);
        members.add_list("resolved", report.resolved, text);
    } else {
        for (const char* unknown : {"jobs", "findings", "held", "ignored", "resolved"}) {
            members.add(unknown, nullptr);
        }
    }
    members.add_list("coverage", report.coverage, coverage_json);
    members.add_list("notices", report.notices, text);
    members.end();
}

void write_json(const NotLooked& not_looked, const Sink& sink) {
    const json::object environment{{"environment", text_or_null(not_looked.environment)},
                                   {"looked", false},
                                   {"complete", false},
                                   {"count", not_looked.count}};
    sink(json_text({{"schema_version", document_version},
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
                    {"held", nullptr},
                    {"ignored", nullptr},
                    {"resolved", nullptr},
                    {"coverage", json::array{}},
                    {"notices", json::array{}}}));
}

std::string json_text(const json::value& document) {
    return printable_json(to_pretty(document)) + "\n";
}

}  // namespace upkeep::present
