// The parts of the page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/report.h"
#include "present/markup.h"
#include "present/overview.h"

namespace upkeep::present {

// The style sheet; html_style.cpp.
std::string_view page_style();

// "high" in its colour.
Markup severity_mark(Severity severity);
// A link where the address may be one, else title and address as text.
Markup link_markup(std::string_view title, std::string_view url);
// Each line of it on a line of its own.
Markup lines_markup(std::string_view text);
Markup time_markup(Moment moment);

// The largest magnitude of each unit in the report, so that bars compare between environments.
struct Scale {
    std::string unit;
    std::int64_t largest = 0;
};
std::vector<Scale> scales(const Report& report);
// One picture a unit: a bar for each subject, the largest first; none where there is nothing to
// compare.
Markup pictures(const Environment& environment, const std::vector<Scale>& scales);

// How many rows were left out, and where they are; nothing where there are none.
Markup left_out(std::size_t count);

// The rows or items of the first things of a list.
template <typename Things, typename ToMarkup>
Markup first_of(const Things& things, ToMarkup to_markup) {
    Markup all;
    for (const auto& thing : first_rows(things)) {
        all += to_markup(thing);
    }
    return all;
}

Markup findings_table(const Environment& environment, bool with_kind);
Markup ignored_section(const Report& report);
Markup notices_section(const Report& report);
Markup coverage_section(const Report& report);

}  // namespace upkeep::present
