#include "present/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "core/text.h"
#include "present/escape.h"
#include "present/wrap.h"

namespace upkeep::present {

namespace {

constexpr std::size_t advice_most = 5;
constexpr std::size_t subjects_most = 3;  // before an advice

using Cells = std::vector<std::string>;

std::string row(const Cells& cells) {
    return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string table_head(const Cells& names) {
    return row(names) + row(Cells(names.size(), "---"));
}

std::string link(const std::string& title, const std::string& url) {
    const std::string address = link_address(url);
    if (address.empty()) {
        return markdown_name(title) + ": " + markdown_code(url);
    }
    return fmt::format("[{}]({})", title.empty() ? "link" : markdown_name(title), address);
}

std::string what_cell(const Finding& finding) {
    std::vector<std::string> parts{markdown_text(finding.summary)};
    for (const Link& one : finding.links) {
        parts.push_back(link(one.title, one.url));
    }
    if (!finding.runbook.empty()) {
        parts.push_back(link("runbook", finding.runbook));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
}

bool several_kinds(const Report& report) {
    return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& one) {
        return one.kind != report.findings.front().kind;
    });
}

Cells finding_cells(const Finding& finding, bool with_kind) {
    Cells cells{std::string(to_text(finding.severity)), markdown_code(finding.subject),
                what_cell(finding), finding.job.empty() ? "" : markdown_code(finding.job)};
    if (with_kind) {
        cells.insert(cells.begin() + 1, markdown_name(finding.kind));
    }
    return cells;
}

std::string left_out(std::size_t count) {
    const std::string words = left_out_words(count);
    return words.empty() ? "" : "\n" + words + "\n";
}

// "`cf-staging`, `logsearch`, `concourse` and 3 more": each once.
std::string subjects_in_words(const std::vector<const Finding*>& findings) {
    Cells names;
    std::set<std::string_view> seen;
    for (const Finding* finding : findings) {
        if (seen.insert(finding->subject).second) {
            const bool shown = names.size() < subjects_most;  // the others are only counted
            names.push_back(shown ? markdown_code(finding->subject) : "");
        }
    }
    return first_few(names, subjects_most);
}

// What to do and about what, once where many findings say the same.
std::string advice_list(const std::vector<const Finding*>& findings) {
    std::vector<std::string_view> advices;
    std::map<std::string_view, std::vector<const Finding*>> about;
    for (const Finding* finding : findings) {
        if (!finding->advice.empty()) {
            auto& group = about[finding->advice];
            if (group.empty()) {
                advices.push_back(finding->advice);
            }
            group.push_back(finding);
        }
    }
    std::string out;
    for (std::size_t i = 0; i < advices.size() && i < advice_most; ++i) {
        out += fmt::format("- {}: {}\n", subjects_in_words(about[advices[i]]),
                           markdown_text(advices[i]));
    }
    if (advices.size() > advice_most) {
        out += "- and more: see the details of each finding\n";
    }
    return out.empty() ? out : "\n" + out;
}

std::string environment_part(const Environment& one, bool with_kind) {
    const std::string name = one.name.empty() ? "" : markdown_name(one.name) + ": ";
    if (one.findings.empty()) {
        return fmt::format("\n### {}{}\n", name, state_words(one));
    }
    std::string out =
        fmt::format("\n### {}{} ({})\n\n", name, state_words(one), severity_words(one.findings));
    out += with_kind ? table_head({"Severity", "Kind", "Subject", "What", "Job"})
                     : table_head({"Severity", "Subject", "What", "Job"});
    for (const Finding* finding : first_rows(one.findings)) {
        out += row(finding_cells(*finding, with_kind));
    }
    return out + left_out(one.findings.size()) + advice_list(one.findings);
}

std::string failures_part(const Report& report) {
    const auto failed = failures(report);
    if (failed.empty()) {
        return {};
    }
    std::string out = "\n**Not looked at:**\n\n";
    for (const Coverage* part : first_rows(failed)) {
        const std::string name =
            part->environment.empty() ? "" : "**" + markdown_name(part->environment) + "**: ";
        out += fmt::format(
            "- {}{} from {}: {}\n", name, markdown_text(part->what()), markdown_code(part->place),
            markdown_text(fmt::format("{}", fmt::join(lines_of(part->failure), " "))));
    }
    return out + left_out(failed.size());
}

std::string ignored_part(const Report& report) {
    if (report.ignored.empty()) {
        return {};
    }
    std::string out =
        "\n### Ignored\n\n" + table_head({"Environment", "Subject", "What", "Reason", "Until"});
    for (const IgnoredFinding& one : first_rows(report.ignored)) {
        out += row({markdown_name(one.finding.environment), markdown_code(one.finding.subject),
                    markdown_text(one.finding.summary), markdown_text(one.reason),
                    one.until ? to_text(*one.until) : ""});
    }
    return out + left_out(report.ignored.size());
}

std::string notices_part(const Report& report) {
    std::string out;
    for (const std::string& notice : first_rows(report.notices)) {
        out += "- " + markdown_text(notice) + "\n";
    }
    if (!report.resolved.empty()) {
        out += fmt::format("- {} no longer open\n",
                           counted(report.resolved.size(), "finding that the version names is",
                                   "findings that the version names are"));
    }
    return out.empty() ? out : "\n### Notices\n\n" + out + left_out(report.notices.size());
}

}  // namespace

std::string markdown(const Report& report) {
    std::string out = "## " + markdown_text(summary_line(report)) + "\n";
    out += failures_part(report);
    const bool with_kind = several_kinds(report);
    for (const Environment& one : environments(report)) {
        out += environment_part(one, with_kind);
    }
    out += ignored_part(report) + notices_part(report);
    const std::string words = coverage_words(report);
    out +=
        words.empty() ? "\nNothing was looked at, " : "\nLooked at " + markdown_text(words) + ", ";
    return without_trailing_blanks(out + to_text(report.looked_at) + ".\n");
}

std::string markdown(const NotLooked& not_looked) {
    const std::string where =
        not_looked.environment.empty() ? "" : markdown_name(not_looked.environment) + ", ";
    std::string out =
        fmt::format("## Not looked at: {}{}\n\n", where, markdown_name(not_looked.kind));
    for (const std::string& line : lines_of(not_looked.reason)) {
        out += markdown_text(line) + "\n\n";
    }
    out += "The version names, from an earlier look: " + markdown_text(not_looked.summary) + "\n\n";
    return without_trailing_blanks(out + "Tried " + to_text(not_looked.tried_at) + ".\n");
}

}  // namespace upkeep::present
