#include "present/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "core/text.h"
#include "present/escape.h"
#include "present/finding_rows.h"
#include "present/ink.h"
#include "present/wrap.h"

namespace upkeep::present {

namespace {

constexpr std::size_t ignored_names_most = 20;

class Page {
  public:
    explicit Page(const TableStyle& style) : style_(style) {}

    void line(Ink ink, const std::string& text) {
        out_ += inked(ink, text, style_.colour);
        out_ += '\n';
    }
    // Wrapped, the lines after the first one indented by `hang` columns more.
    void paragraph(Ink ink, const std::string& text, std::size_t indent = 0, std::size_t hang = 0) {
        const std::size_t used = indent + hang;
        const std::size_t width = style_.width > used ? style_.width - used : style_.width;
        std::size_t before = indent;
        for (const std::string& part : wrapped(text, width)) {
            line(ink, std::string(before, ' ') + part);
            before = used;
        }
    }
    // One empty line between what stands before and what follows.
    void gap() {
        if (!out_.empty() && !out_.ends_with("\n\n")) {
            out_ += '\n';
        }
    }
    void add(const std::string& text) { out_ += text; }
    bool fits(const std::string& text) const {
        return style_.width == 0 || display_width(text) <= style_.width;
    }
    const TableStyle& style() const { return style_; }
    std::string take() const { return without_trailing_blanks(out_); }

  private:
    TableStyle style_;
    std::string out_;
};

std::string shown(const std::string& text) {
    return shortened(printable(text), text_width_most);
}

std::string name_of(const std::string& environment) {
    return environment.empty() ? "(no environment)" : shortened(printable(environment), 60);
}

void write_left_out(Page& page, std::size_t count) {
    if (const std::string words = left_out_words(count); !words.empty()) {
        page.paragraph(Ink::plain, words, 2);
    }
}

void write_failures(Page& page, const Report& report) {
    const std::vector<const Coverage*> failed = failures(report);
    for (const Coverage* part : first_rows(failed)) {
        const std::string where =
            part->environment.empty() ? "" : name_of(part->environment) + ": ";
        page.paragraph(Ink::alarm,
                       shown("NOT LOOKED AT: " + where + part->what() + " from " + part->place), 0,
                       4);
        for (const std::string& line : lines_of(part->failure)) {
            page.paragraph(Ink::plain, shown(line), 4);
        }
    }
    write_left_out(page, failed.size());
}

std::vector<const Finding*> shown_findings(const std::vector<Environment>& all) {
    std::vector<const Finding*> shown;
    for (const Environment& one : all) {
        const auto first = first_rows(one.findings);
        shown.insert(shown.end(), first.begin(), first.end());
    }
    return shown;
}

void write_heading(Page& page, const Environment& one, bool with_name) {
    const std::string name = with_name ? name_of(one.name) + ": " : "";
    const std::string severities =
        one.findings.empty() ? "" : " (" + severity_words(one.findings) + ")";
    const Ink ink = one.state == State::clean && one.complete ? Ink::good
                    : one.state == State::findings            ? Ink::plain
                                                              : Ink::alarm;
    const std::string words =
        one.state == State::not_looked_at ? "NOT LOOKED AT" : state_words(one);
    const bool colour = page.style().colour;
    if (page.fits(name + words + severities)) {
        page.add(inked(Ink::strong, name, colour) + inked(ink, words, colour) + severities + "\n");
    } else {
        page.paragraph(ink == Ink::plain ? Ink::strong : ink, name + words + severities);
    }
}

void write_findings(Page& page, const Report& report) {
    const std::vector<Environment> all = environments(report);
    const FindingRows rows(shown_findings(all), page.style());
    const bool with_names = all.size() > 1 || (all.size() == 1 && !all.front().name.empty());
    std::string columns = rows.heading();
    bool after_rows = false;
    for (const Environment& one : all) {
        if (after_rows || !one.findings.empty()) {
            page.gap();
        }
        write_heading(page, one, with_names);
        if (!one.findings.empty()) {
            page.add(std::exchange(columns, ""));
        }
        for (const Finding* finding : first_rows(one.findings)) {
            page.add(rows.row(*finding));
        }
        write_left_out(page, one.findings.size());
        after_rows = !one.findings.empty();
    }
    if (all.empty()) {
        page.paragraph(Ink::alarm, "NOTHING WAS LOOKED AT");
    }
}

// One line for each reason, with the subjects to which it applies.
void write_ignored(Page& page, const Report& report) {
    std::map<std::tuple<std::string, std::string, std::optional<Day>>, std::vector<std::string>>
        groups;
    for (const IgnoredFinding& one : report.ignored) {
        auto& subjects = groups[{one.finding.environment, one.reason, one.until}];
        const bool named = subjects.size() < ignored_names_most;  // the others are only counted
        subjects.push_back(named ? shortened(printable(one.finding.subject), 60) : "");
    }
    if (!groups.empty()) {
        page.gap();
        page.paragraph(Ink::faint,
                       counted(report.ignored.size(), "finding", "findings") + " ignored");
    }
    for (auto& [group, subjects] : groups) {
        const auto& [environment, reason, until] = group;
        if (subjects.size() > ignored_names_most) {
            const std::size_t more = subjects.size() - ignored_names_most;
            subjects.resize(ignored_names_most);
            subjects.push_back(fmt::format("and {} more", more));
        }
        const std::string where = environment.empty() ? "" : name_of(environment) + ": ";
        const std::string end = until ? ", until " + to_text(*until) : "";
        page.paragraph(
            Ink::faint,
            fmt::format("{}{}: {}{}", where, fmt::join(subjects, ", "), shown(reason), end), 2, 2);
    }
}

void write_notices(Page& page, const Report& report) {
    if (!report.notices.empty()) {
        page.gap();
        page.paragraph(Ink::strong, "Notices");
    }
    for (const std::string& notice : first_rows(report.notices)) {
        page.paragraph(Ink::plain, shown(notice), 2, 2);
    }
    write_left_out(page, report.notices.size());
    if (!report.resolved.empty()) {
        page.gap();
        page.paragraph(Ink::plain,
                       counted(report.resolved.size(), "finding that the version names is",
                               "findings that the version names are") +
                           " no longer open.");
    }
}

void write_coverage(Page& page, const Report& report) {
    const std::string words = coverage_words(report);
    const std::string when = to_text(report.looked_at);
    const std::size_t failed = failures(report).size();
    page.paragraph(Ink::faint, words.empty() ? "Nothing was looked at, " + when + "."
                                             : "Looked at " + words + ", " + when + ".");
    if (failed > 0) {
        page.paragraph(Ink::alarm,
                       counted(failed, "part", "parts") + " could not be looked at: see the top.");
    }
}

TableStyle usable(TableStyle style) {
    style.width = style.width == 0 ? 0 : std::max(style.width, table_width_least);
    return style;
}

}  // namespace

std::string table(const Report& report, const TableStyle& style) {
    Page page(usable(style));
    write_failures(page, report);
    page.gap();
    write_findings(page, report);
    write_ignored(page, report);
    write_notices(page, report);
    page.gap();
    if (environments(report).size() > 1) {
        page.paragraph(Ink::strong, headline(report) + ".");
    }
    write_coverage(page, report);
    return page.take();
}

std::string table(const NotLooked& not_looked, const TableStyle& style) {
    Page page(usable(style));
    const std::string where =
        not_looked.environment.empty() ? "" : name_of(not_looked.environment) + ", ";
    page.paragraph(Ink::alarm, shown("NOT LOOKED AT: " + where + not_looked.kind), 0, 4);
    for (const std::string& line : lines_of(not_looked.reason)) {
        page.paragraph(Ink::plain, shown(line), 4);
    }
    page.gap();
    page.paragraph(Ink::plain,
                   "The version names, from an earlier look: " + shown(not_looked.summary));
    page.paragraph(Ink::faint, "Tried " + to_text(not_looked.tried_at) + ".");
    return page.take();
}

}  // namespace upkeep::present
