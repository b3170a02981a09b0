#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "present/html_parts.h"

namespace upkeep::present {

namespace {

constexpr std::size_t bars_most = 12;
constexpr std::int64_t bar_units = 1'000;  // the width of the drawing

struct Bar {
    std::string_view subject;
    std::int64_t value;
    Severity severity;
};

// A subject with several findings has its largest.
std::vector<Bar> bars_of(const Environment& environment, const std::string& unit) {
    std::vector<Bar> bars;
    std::map<std::string_view, std::size_t> places;  // in `bars`, by subject
    for (const Finding* finding : environment.findings) {
        if (!finding->magnitude || finding->magnitude->unit != unit) {
            continue;
        }
        const Bar bar{finding->subject, finding->magnitude->value, finding->severity};
        const auto [place, is_new] = places.emplace(bar.subject, bars.size());
        if (is_new) {
            bars.push_back(bar);
        } else if (bars[place->second].value < bar.value) {
            bars[place->second] = bar;
        }
    }
    std::stable_sort(bars.begin(), bars.end(),
                     [](const Bar& a, const Bar& b) { return a.value > b.value; });
    return bars;
}

Markup bar_markup(const Bar& bar, std::int64_t largest) {
    const std::int64_t value = std::clamp<std::int64_t>(bar.value, 0, largest);
    const double share = static_cast<double>(value) / static_cast<double>(largest);
    const auto width = static_cast<std::int64_t>(share * bar_units);
    const std::string length = std::to_string(value > 0 ? std::max<std::int64_t>(width, 4) : 0);
    const Markup rect = element("rect", {{"width", length}, {"height", "10"}}, {});
    const Markup drawing = element("svg",
                                   {{"class", fmt::format("bar {}", to_text(bar.severity))},
                                    {"viewBox", fmt::format("0 0 {} 10", bar_units)},
                                    {"preserveAspectRatio", "none"},
                                    {"aria-hidden", "true"},
                                    {"focusable", "false"}},
                                   rect);
    const Markup who =
        element("span", {{"class", "who"}}, element("bdi", Markup::name(bar.subject)));
    const Markup much =
        element("span", {{"class", "much"}}, Markup::name(std::to_string(bar.value)));
    return element("li", who + much + drawing);
}

std::string capitalized(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

Markup picture(const Environment& environment, const Scale& scale) {
    const std::vector<Bar> bars = bars_of(environment, scale.unit);
    if (bars.size() < 2 || scale.largest <= 0) {
        return {};
    }
    Markup list;
    for (std::size_t at = 0; at < std::min(bars.size(), bars_most); ++at) {
        list += bar_markup(bars[at], scale.largest);
    }
    Markup content = element("figcaption", Markup::name(capitalized(scale.unit))) +
                     element("ol", {{"class", "bars"}}, list);
    if (bars.size() > bars_most) {
        const std::string rest = fmt::format("and {} more, of {} or less", bars.size() - bars_most,
                                             bars[bars_most].value);
        content += element("p", {{"class", "more"}}, Markup::text(rest));
    }
    return element("figure", content);
}

}  // namespace

std::vector<Scale> scales(const Report& report) {
    std::vector<Scale> all;
    for (const Finding& finding : report.findings) {
        if (!finding.magnitude) {
            continue;
        }
        auto same = std::find_if(all.begin(), all.end(), [&](const Scale& one) {
            return one.unit == finding.magnitude->unit;
        });
        if (same == all.end()) {
            same = all.insert(same, Scale{finding.magnitude->unit, 0});
        }
        same->largest = std::max(same->largest, finding.magnitude->value);
    }
    return all;
}

Markup pictures(const Environment& environment, const std::vector<Scale>& scales) {
    Markup all;
    for (const Scale& scale : scales) {
        all += picture(environment, scale);
    }
    return all;
}

}  // namespace upkeep::present
