#include "present/finding_rows.h"

#include <algorithm>
#include <vector>

#include "core/text.h"
#include "present/escape.h"
#include "present/wrap.h"

namespace upkeep::present {

namespace {

// Beyond these a text does not widen its column for all the others.
constexpr std::size_t kind_column_most = 20;
constexpr std::size_t subject_column_most = 48;
constexpr std::size_t what_column_most = 100;
// What was found is not squeezed into less than this beside the subject.
constexpr std::size_t what_column_least = 32;
// Nor is the subject squeezed into less than this beside how severe it is.
constexpr std::size_t subject_room_least = 16;
constexpr std::size_t indent = 2;
constexpr std::size_t between = 2;

// The names of the columns.
namespace heads {
constexpr std::string_view severity = "SEVERITY";
constexpr std::string_view kind = "KIND";
constexpr std::string_view subject = "SUBJECT";
constexpr std::string_view what = "WHAT";
constexpr std::string_view what_and_job = "WHAT, AND THE JOB THAT MENDS IT";
constexpr std::string_view job = "JOB";
}  // namespace heads

std::string subject_of(const Finding& finding) {
    return shortened(printable(finding.subject), name_width_most);
}
std::string what_of(const Finding& finding) {
    return shortened(printable(finding.summary), text_width_most);
}
std::string kind_of(const Finding& finding) {
    return shortened(printable(finding.kind), kind_column_most);
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

FindingRows::FindingRows(const std::vector<const Finding*>& findings, const TableStyle& style)
    : colour_(style.colour), width_(style.width) {
    kind_width_ = heads::kind.size();
    subject_width_ = heads::subject.size();
    what_width_ = heads::what.size();
    std::size_t severity_words = 0;
    for (const Finding* one : findings) {
        const Finding& finding = *one;
        with_kind_ = with_kind_ || finding.kind != findings.front()->kind;
        severity_words = std::max(severity_words, to_text(finding.severity).size());
        widen(kind_width_, kind_of(finding), kind_column_most);
        widen(subject_width_, subject_of(finding), subject_column_most);
        if (!finding.job.empty()) {
            with_jobs_ = true;
            widen(what_width_, what_of(finding), what_column_most);
        }
    }
    severity_width_ = heads::severity.size();
    subject_at_ = indent + severity_width_ + between + (with_kind_ ? kind_width_ + between : 0);
    what_at_ = subject_at_ + subject_width_ + between;
    const auto fits = [&](const Finding* finding) { return end_beside(*finding) <= width_; };
    if (width_ == 0 || std::all_of(findings.begin(), findings.end(), fits)) {
        form_ = Form::beside;
    } else if (what_at_ + what_column_least <= width_) {
        form_ = Form::job_below;
    } else {
        form_ = Form::below;
        severity_width_ = severity_words;
        subject_at_ = indent + severity_width_ + between;
        if (with_kind_) {
            kind_width_ = std::min(kind_width_, width_ - std::min(subject_at_, width_));
            subject_at_ += kind_width_ + between;
        }
        what_at_ = 2 * indent;
    }
}

// The column after the last one of the finding's row, were everything beside each other.
std::size_t FindingRows::end_beside(const Finding& finding) const {
    const std::size_t what = std::max(display_width(what_of(finding)), heads::what.size());
    const std::size_t begin =
        subject_at_ + std::max(subject_width_, display_width(subject_of(finding))) + between;
    if (finding.job.empty()) {
        return begin + what;
    }
    const std::size_t job = std::max(display_width(job_of(finding)), heads::job.size());
    return begin + std::max(what_width_, what) + between + job;
}

std::string FindingRows::heading() const {
    if (form_ == Form::below) {
        return {};
    }
    std::string text = blanks(indent) + padded(heads::severity, severity_width_ + between);
    text += with_kind_ ? padded(heads::kind, kind_width_ + between) : "";
    text += padded(heads::subject, subject_width_ + between);
    if (form_ == Form::beside && with_jobs_) {
        text.append(padded(heads::what, what_width_ + between)).append(heads::job);
    } else {
        text.append(with_jobs_ ? heads::what_and_job : heads::what);
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
    return with_kind_
               ? text + padded(shortened(kind_of(finding), kind_width_), kind_width_ + between)
               : text;
}

std::string FindingRows::subject_lines(const std::string& subject, std::size_t column) const {
    std::string text;
    for (const std::string& part : wrapped(subject, width_ - column)) {
        text += (text.empty() ? "" : blanks(column)) + inked(Ink::strong, part, colour_) + "\n";
    }
    return text;
}

std::string FindingRows::job_lines(const std::string& job) const {
    if (job.empty()) {
        return {};
    }
    std::string text;
    const std::size_t begin = begin_of(job, what_at_);
    for (const std::string& part : wrapped(job, width_ - begin)) {
        text.append(blanks(begin)).append(part).append("\n");
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

// Where a name begins: further left than its column where it would be broken there, but is not to
// be, because people copy it.
std::size_t FindingRows::begin_of(const std::string& name, std::size_t column) const {
    const std::size_t needed = display_width(name);
    return needed <= width_ ? std::min(column, width_ - needed) : column;
}

std::string FindingRows::row_below(const Finding& finding) const {
    std::vector<std::string> rest = wrapped(what_of(finding), width_ - what_at_);
    const std::string subject = subject_of(finding);
    std::string text = leading(finding);
    if (form_ == Form::job_below && display_width(subject) <= subject_width_) {
        text += inked(Ink::strong, subject, colour_);
        text += blanks(what_at_ - subject_at_ - display_width(subject)) + rest.front() + "\n";
        rest.erase(rest.begin());
    } else if (subject_at_ + subject_room_least <= width_ &&
               begin_of(subject, subject_at_) == subject_at_) {
        text += subject_lines(subject, subject_at_);
    } else {
        const std::size_t begin = begin_of(subject, what_at_);
        text += "\n" + blanks(begin) + subject_lines(subject, begin);
    }
    for (const std::string& part : rest) {
        text += blanks(what_at_) + part + "\n";
    }
    return text + job_lines(job_of(finding));
}

}  // namespace upkeep::present
