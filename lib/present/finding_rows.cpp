#include "present/finding_rows.h"

#include <algorithm>
#include <vector>

#include "core/text.h"
#include "present/escape.h"
#include "present/wrap.h"

namespace upkeep::present {

namespace {

// Beyond these a text does not widen its column for all the others.
constexpr std::size_t subject_column_most = 48;
constexpr std::size_t what_column_most = 100;
// What was found is not squeezed into less than this beside the subject.
constexpr std::size_t what_column_least = 32;
// Nor is the subject squeezed into less than this beside how severe it is.
constexpr std::size_t subject_room_least = 16;
constexpr std::size_t indent = 2;
constexpr std::size_t between = 2;

std::string subject_of(const Finding& finding) {
    return shortened(printable(finding.subject), name_width_most);
}
std::string what_of(const Finding& finding) {
    return shortened(printable(finding.summary), text_width_most);
}
std::string kind_of(const Finding& finding) {
    return shortened(printable(finding.kind), 20);
}
std::string job_of(const Finding& finding) {
    return shortened(printable(finding.job), name_width_most);
}

void widen(std::size_t& column, const std::string& text, std::size_t most) {
    const std::size_t width = display_width(text);
    if (width <= most) {
        column = std::max(column, width);
    }
}

std::string blanks(std::size_t count) {
    return std::string(count, ' ');
}

}  // namespace

FindingRows::FindingRows(const Report& report, const TableStyle& style)
    : colour_(style.colour), width_(style.width) {
    subject_width_ = std::string_view("SUBJECT").size();
    std::size_t severity_words = 0;
    for (const Finding& finding : report.findings) {
        with_kind_ = with_kind_ || finding.kind != report.findings.front().kind;
        severity_words = std::max(severity_words, to_text(finding.severity).size());
        widen(kind_width_, kind_of(finding), 20);
        widen(subject_width_, subject_of(finding), subject_column_most);
        if (!finding.job.empty()) {
            with_jobs_ = true;
            widen(what_width_, what_of(finding), what_column_most);
        }
    }
    severity_width_ = std::string_view("SEVERITY").size();
    subject_at_ = indent + severity_width_ + between + (with_kind_ ? kind_width_ + between : 0);
    what_at_ = subject_at_ + subject_width_ + between;
    const auto fits = [&](const Finding& finding) { return end_beside(finding) <= width_; };
    if (width_ == 0 || std::all_of(report.findings.begin(), report.findings.end(), fits)) {
        form_ = Form::beside;
    } else if (what_at_ + what_column_least <= width_) {
        form_ = Form::job_below;
    } else {
        form_ = Form::below;
        subject_at_ -= severity_width_ - severity_words;
        severity_width_ = severity_words;
        what_at_ = 2 * indent;
    }
}

// The column after the last one of the finding's row, were everything beside each other.
std::size_t FindingRows::end_beside(const Finding& finding) const {
    const std::size_t what = display_width(what_of(finding));
    const std::size_t begin =
        subject_at_ + std::max(subject_width_, display_width(subject_of(finding))) + between;
    if (finding.job.empty()) {
        return begin + what;
    }
    return begin + std::max(what_width_, what) + between + display_width(job_of(finding));
}

std::string FindingRows::heading() const {
    if (form_ == Form::below) {
        return {};
    }
    std::string text = blanks(indent) + padded("SEVERITY", severity_width_ + between);
    text += with_kind_ ? padded("KIND", kind_width_ + between) : "";
    text += padded("SUBJECT", subject_width_ + between);
    if (form_ == Form::beside && with_jobs_) {
        text += padded("WHAT", what_width_ + between) + "JOB";
    } else {
        text += with_jobs_ ? "WHAT, AND THE JOB THAT MENDS IT" : "WHAT";
    }
    return inked(Ink::faint, text, colour_) + "\n";
}

std::string FindingRows::row(const Finding& finding) const {
    return form_ == Form::beside ? row_beside(finding) : row_below(finding);
}

std::string FindingRows::leading(const Finding& finding) const {
    const std::string severity(to_text(finding.severity));
    std::string text = blanks(indent) + inked(ink_of(finding.severity), severity, colour_);
    text += blanks(severity_width_ + between - severity.size());
    return with_kind_ ? text + padded(kind_of(finding), kind_width_ + between) : text;
}

std::string FindingRows::subject_lines(const std::string& subject, std::size_t column) const {
    std::string text;
    for (const std::string& part : wrapped(subject, width_ - column)) {
        text += (text.empty() ? "" : blanks(column)) + inked(Ink::strong, part, colour_) + "\n";
    }
    return text;
}

std::string FindingRows::row_beside(const Finding& finding) const {
    const std::string subject = subject_of(finding);
    const std::string what = what_of(finding);
    const std::string job = job_of(finding);
    const std::size_t has = display_width(subject);
    std::string line = leading(finding) + inked(Ink::strong, subject, colour_);
    line += blanks(between + (has < subject_width_ ? subject_width_ - has : 0));
    line += job.empty() ? what : padded(what, what_width_) + blanks(between) + job;
    return line + "\n";
}

std::string FindingRows::row_below(const Finding& finding) const {
    std::vector<std::string> rest = wrapped(what_of(finding), width_ - what_at_);
    if (const std::string job = job_of(finding); !job.empty()) {
        const std::vector<std::string> lines = wrapped(job, width_ - what_at_);
        rest.insert(rest.end(), lines.begin(), lines.end());
    }
    const std::string subject = subject_of(finding);
    std::string text = leading(finding);
    if (form_ == Form::job_below && display_width(subject) <= subject_width_) {
        text += inked(Ink::strong, subject, colour_);
        text += blanks(what_at_ - subject_at_ - display_width(subject)) + rest.front() + "\n";
        rest.erase(rest.begin());
    } else if (subject_at_ + subject_room_least <= width_) {
        text += subject_lines(subject, subject_at_);
    } else {
        text += "\n" + blanks(what_at_) + subject_lines(subject, what_at_);
    }
    for (const std::string& part : rest) {
        text += blanks(what_at_) + part + "\n";
    }
    return text;
}

}  // namespace upkeep::present
