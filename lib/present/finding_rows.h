// The findings of a report as rows of the table, in columns that are the same for all of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/finding.h"
#include "present/ink.h"
#include "present/terminal.h"

namespace upkeep::present {

class FindingRows {
  public:
    // Of all that will be shown.
    FindingRows(const std::vector<const Finding*>& findings, const TableStyle& style);

    // The names of the columns, with its line feed; empty where there are no columns.
    std::string heading() const;
    // One line or several, each with its line feed.
    std::string row(const Finding& finding) const;

  private:
    // Everything beside each other; the job below what was found; everything below each other.
    enum class Form { beside, job_below, below };

    // How severe and of which kind, padded; and the subject at `column`, in as many lines as it
    // needs.
    std::string leading(const Finding& finding) const;
    std::string subject_lines(const std::string& subject, std::size_t column) const;
    std::string job_lines(const std::string& job) const;
    std::size_t begin_of(const std::string& name, std::size_t column) const;
    std::string row_beside(const Finding& finding) const;
    std::string row_below(const Finding& finding) const;
    std::size_t end_beside(const Finding& finding) const;

    bool colour_;
    std::size_t width_;
    bool with_kind_ = false;  // where there is more than one
    bool with_jobs_ = false;
    std::size_t severity_width_ = 0;
    std::size_t kind_width_ = 0;
    std::size_t subject_width_ = 0;
    std::size_t what_width_ = 0;
    std::size_t subject_at_ = 0;  // the columns where they begin
    std::size_t what_at_ = 0;
    Form form_ = Form::beside;
};

}  // namespace upkeep::present
