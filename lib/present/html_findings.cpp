#include <fmt/format.h>

#include "core/finding.h"
#include "core/text.h"
#include "present/escape.h"
#include "present/html_parts.h"

namespace upkeep::present {

namespace {

Markup term(const Markup& name, const Markup& value) {
    return element("div", element("dt", name) + element("dd", value));
}

// A column's class, which is also that of its cells, and its name.
struct Column {
    const char* kind;
    const char* name;
};

Markup cell(const char* kind, const Markup& content) {
    return element("td", {{"class", kind}, {"role", "cell"}}, content);
}

Markup table(const char* kind, const Markup& caption, const std::vector<Column>& columns,
             const Markup& rows) {
    Markup head;
    for (const Column& one : columns) {
        head += element("th", {{"scope", "col"}, {"role", "columnheader"}, {"class", one.kind}},
                        Markup::name(one.name));
    }
    const Markup content =
        element("caption", caption) +
        element("thead", {{"role", "rowgroup"}}, element("tr", {{"role", "row"}}, head)) +
        element("tbody", {{"role", "rowgroup"}}, rows);
    return element("table", {{"class", kind}, {"role", "table"}}, content);
}

// Everything that is known of a finding and not on its line.
Markup details_of(const Finding& finding) {
    Markup terms;
    for (const Detail& one : finding.details) {
        terms += term(Markup::name(one.name), Markup::text(one.value));
    }
    if (finding.since) {
        terms += term(Markup::literal("since"), time_markup(*finding.since));
    }
    terms += term(Markup::literal("rule"), Markup::name(finding.rule));
    terms += term(Markup::literal("id"), element("code", Markup::name(short_id(finding.id))));
    return element("dl", terms);
}

Markup links_of(const Finding& finding) {
    Markup items;
    for (const Link& one : finding.links) {
        items += element("li", link_markup(one.title, one.url));
    }
    if (!finding.runbook.empty()) {
        items += element("li", link_markup("runbook", finding.runbook));
    }
    return items.empty() ? items : element("ul", {{"class", "links"}}, items);
}

// The sentence opens what else is known.
Markup what_cell(const Finding& finding) {
    Markup more = element("summary", Markup::text(finding.summary));
    if (!finding.advice.empty()) {
        more += element("p", {{"class", "advice"}}, Markup::text(finding.advice));
    }
    more += details_of(finding) + links_of(finding);
    return cell("what", element("details", more));
}

Markup finding_row(const Finding& finding, bool with_kind) {
    Markup row = cell("how", severity_mark(finding.severity));
    if (with_kind) {
        row += cell("kind", Markup::name(finding.kind));
    }
    row += element("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", "who"}},
                   element("bdi", Markup::name(finding.subject)));
    row += what_cell(finding);
    row += cell("job", finding.job.empty() ? Markup::literal("<span class=\"none\">no job</span>")
                                           : element("code", Markup::name(finding.job)));
    return element("tr", {{"role", "row"}, {"class", std::string(to_text(finding.severity))}}, row);
}

Markup ignored_row(const IgnoredFinding& one) {
    const std::string until = one.until ? "until " + to_text(*one.until) : "for good";
    return element("tr", {{"role", "row"}},
                   element("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", "who"}},
                           element("bdi", Markup::name(one.finding.subject))) +
                       cell("where", Markup::name(one.finding.environment)) +
                       cell("what", Markup::text(one.finding.summary)) +
                       cell("why", Markup::text(one.reason)) + cell("until", Markup::name(until)));
}

Markup coverage_row(const Coverage& part) {
    const Markup outcome =
        part.failure.empty() ? Markup::name(std::to_string(part.count))
                             : element("b", {{"class", "blind"}}, Markup::literal("not looked at"));
    return element("tr", {{"role", "row"}},
                   element("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", "who"}},
                           Markup::text(part.what())) +
                       cell("where", Markup::name(part.environment)) + cell("count", outcome) +
                       cell("place", Markup::text(part.place)) +
                       cell("identity", Markup::name(part.identity)));
}

}  // namespace

Markup left_out(std::size_t count) {
    const std::string words = left_out_words(count);
    return words.empty() ? Markup() : element("p", {{"class", "more"}}, Markup::text(words));
}

Markup findings_table(const Environment& environment, bool with_kind) {
    const Markup rows = first_of(environment.findings, [&](const Finding* finding) {
        return finding_row(*finding, with_kind);
    });
    std::vector<Column> columns{
        {"how", "Severity"}, {"who", "Subject"}, {"what", "What"}, {"job", "Job that mends it"}};
    if (with_kind) {
        columns.insert(columns.begin() + 1, {"kind", "Kind"});
    }
    Markup caption = Markup::literal("Findings");
    if (!environment.name.empty()) {
        caption += Markup::literal(" in ") + Markup::name(environment.name);
    }
    return table("findings", caption, columns, rows) + left_out(environment.findings.size());
}

Markup ignored_section(const Report& report) {
    if (report.ignored.empty()) {
        return {};
    }
    const Markup rows = first_of(report.ignored, ignored_row);
    const std::string title = fmt::format("Ignored ({})", report.ignored.size());
    return element("section", {{"aria-labelledby", "ignored"}, {"class", "aside"}},
                   element("h2", {{"id", "ignored"}}, Markup::name(title)) +
                       table("plain ignored", Markup::literal("Findings that are ignored, and why"),
                             {{"who", "Subject"},
                              {"where", "Environment"},
                              {"what", "What"},
                              {"why", "Reason"},
                              {"until", "How long"}},
                             rows) +
                       left_out(report.ignored.size()));
}

Markup notices_section(const Report& report) {
    Markup items = first_of(report.notices, [](const std::string& notice) {
        return element("li", Markup::text(notice));
    });
    if (!report.resolved.empty()) {
        items += element(
            "li", Markup::text(counted(report.resolved.size(), "finding that the version names is",
                                       "findings that the version names are") +
                               " no longer open"));
    }
    if (items.empty()) {
        return items;
    }
    return element("section", {{"aria-labelledby", "notices"}, {"class", "aside"}},
                   element("h2", {{"id", "notices"}}, Markup::literal("Notices")) +
                       element("ul", items) + left_out(report.notices.size()));
}

Markup coverage_section(const Report& report) {
    if (report.coverage.empty()) {
        return {};
    }
    const Markup rows = first_of(report.coverage, coverage_row);
    return element("section", {{"aria-labelledby", "coverage"}, {"class", "aside"}},
                   element("h2", {{"id", "coverage"}}, Markup::literal("What was looked at")) +
                       table("plain coverage",
                             Markup::literal("Everything that was read, and how much is in it"),
                             {{"who", "What"},
                              {"where", "Environment"},
                              {"count", "How many"},
                              {"place", "From"},
                              {"identity", "As whom"}},
                             rows) +
                       left_out(report.coverage.size()));
}

}  // namespace upkeep::present
