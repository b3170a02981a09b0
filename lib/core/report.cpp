#include "core/report.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace upkeep {

bool Report::complete() const {
    return std::all_of(coverage.begin(), coverage.end(),
                       [](const Coverage& part) { return part.failure.empty(); });
}

void sort_findings(std::vector<Finding>& findings) {
    const auto key = [](const Finding& f) {
        return std::tie(f.environment, f.subject, f.rule, f.summary, f.id);
    };
    std::sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
        return a.severity != b.severity ? a.severity > b.severity : key(a) < key(b);
    });
}

namespace {

template <typename Item>
void append(std::vector<Item>& to, std::vector<Item>&& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void merge(Report& report, Report other) {
    report.looked_at = std::max(report.looked_at, other.looked_at);
    append(report.findings, std::move(other.findings));
    append(report.ignored, std::move(other.ignored));
    append(report.coverage, std::move(other.coverage));
    append(report.notices, std::move(other.notices));
    append(report.resolved, std::move(other.resolved));
    append(report.held, std::move(other.held));
    sort_findings(report.findings);
    sort_findings(report.held);
}

}  // namespace upkeep
