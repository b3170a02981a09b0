#include "present/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "core/digest.h"
#include "core/text.h"
#include "present/escape.h"
#include "present/html_parts.h"

namespace upkeep::present {

namespace {

std::string sentence(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text + ".";
}

std::string environment_name(const Environment& one) {
    return one.name.empty() ? "No environment" : one.name;
}

// What its mark and its colour say, in one word for the style sheet.
std::string state_class(const Environment& one) {
    switch (one.state) {
        case State::not_looked_at:
            return "blind";
        case State::clean:
            return one.complete ? "clean" : "clean partly";
        case State::findings:
            break;
    }
    const auto worst = std::max_element(
        one.findings.begin(), one.findings.end(),
        [](const Finding* a, const Finding* b) { return a->severity < b->severity; });
    return std::string(to_text((*worst)->severity)) + (one.complete ? "" : " partly");
}

// A tick, a count's bar or a broken ring: three shapes for three states, next to the words.
Markup state_mark(State state) {
    switch (state) {
        case State::clean:
            return Markup::literal(
                R"(<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">)"
                R"(<path d="M3 10.5l4.5 4.5L17 5.5"/></svg>)");
        case State::findings:
            return Markup::literal(
                R"(<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">)"
                R"(<path d="M10 3v9M10 15.5v1.5"/></svg>)");
        case State::not_looked_at:
            break;
    }
    return Markup::literal(
        R"(<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">)"
        R"(<path class="ring" d="M10 2.5a7.5 7.5 0 1 0 .01 0"/><path d="M4 16L16 4"/></svg>)");
}

std::string what_words(const Environment& one) {
    if (one.state == State::not_looked_at) {
        return "nothing is known of it";
    }
    const std::string missing = one.complete ? "" : "not everything was looked at";
    const std::string severities = severity_words(one.findings);
    if (severities.empty()) {
        return missing.empty() ? coverage_words(one.coverage) : missing;
    }
    return missing.empty() ? severities : severities + "; " + missing;
}

Markup card(const Environment& one, std::size_t number) {
    const Markup content =
        element("span", {{"class", "name"}}, element("bdi", Markup::name(environment_name(one)))) +
        element("span", {{"class", "state"}},
                state_mark(one.state) + Markup::name(short_state_words(one))) +
        element("span", {{"class", "words"}}, Markup::text(what_words(one)));
    return element(
        "li",
        element("a", {{"class", "card " + state_class(one)}, {"href", fmt::format("#e{}", number)}},
                content));
}

Markup navigation(const std::vector<Environment>& all) {
    if (all.size() < 2) {
        return {};
    }
    Markup cards;
    for (std::size_t number = 0; number < all.size(); ++number) {
        cards += card(all[number], number);
    }
    return element("nav", {{"aria-label", "Environments"}},
                   element("ul", {{"class", "cards"}}, cards));
}

Markup failures_section(const Report& report) {
    const std::vector<const Coverage*> failed = failures(report);
    Markup items = first_of(failed, [](const Coverage* part) {
        Markup what =
            Markup::name(part->what()) + Markup::literal(" from ") + Markup::name(part->place);
        if (!part->environment.empty()) {
            what = Markup::name(part->environment) + Markup::literal(": ") + what;
        }
        return element("li", element("p", element("b", what)) + lines_markup(part->failure));
    });
    if (items.empty()) {
        return items;
    }
    return element("section", {{"class", "missed"}, {"aria-labelledby", "missed"}},
                   element("h2", {{"id", "missed"}}, Markup::literal("Could not be looked at")) +
                       element("ul", items) + left_out(failed.size()));
}

Markup environment_section(const Environment& one, std::size_t number, bool with_kind,
                           const std::vector<Scale>& all_scales) {
    const std::string id = fmt::format("e{}", number);
    const std::string heading = id + "-name";
    Markup state = element("span", {{"class", "state " + state_class(one)}},
                           state_mark(one.state) + Markup::name(state_words(one)));
    if (const std::string severities = severity_words(one.findings); !severities.empty()) {
        state += Markup::literal(" ") + Markup::name("(" + severities + ")");
    }
    Markup content =
        element("h2", {{"id", heading}}, element("bdi", Markup::name(environment_name(one)))) +
        element("p", {{"class", "standing"}}, state);
    const std::string words = coverage_words(one.coverage);
    if (!words.empty()) {
        content += element("p", {{"class", "seen"}}, Markup::text("Looked at " + words + "."));
    }
    if (!one.complete) {
        content += element(
            "p", element("a", {{"href", "#missed"}}, Markup::literal("What was missed, and why")));
    }
    content += pictures(one, all_scales);
    if (!one.findings.empty()) {
        content += findings_table(one, with_kind);
    }
    return element("section", {{"id", id}, {"class", "environment"}, {"aria-labelledby", heading}},
                   content);
}

// "sha256-..." of the style sheet, for the page's policy.
std::string style_hash() {
    return "sha256-" + base64(sha256(page_style()));
}

std::string page(const std::string& title, const Markup& body) {
    std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += fmt::format(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'{}'; "
        "base-uri 'none'; form-action 'none'\">\n",
        style_hash());
    out +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\">\n";
    out += "<title>" + html_name(title) + "</title>\n<style>";
    out += page_style();
    return out + "</style>\n</head>\n<body>\n" + body.html() + "</body>\n</html>\n";
}

Markup head(std::string_view title, const std::string& lead, const char* lead_class,
            const Markup& more) {
    return element("header", element("h1", Markup::name(title)) +
                                 element("p", {{"class", lead_class}}, Markup::text(lead)) +
                                 element("p", {{"class", "when"}}, more));
}

Markup foot() {
    return element("footer",
                   element("p", Markup::literal("Made by Upkeep. What it says was so when it "
                                                "looked; it may have changed since.")));
}

const char* lead_class(const Report& report) {
    if (!looked(report)) {
        return "lead blind";
    }
    return report.findings.empty() && report.complete() ? "lead clean" : "lead";
}

bool several_kinds(const Report& report) {
    return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& one) {
        return one.kind != report.findings.front().kind;
    });
}

}  // namespace

std::string html(const Report& report, std::string_view title) {
    const std::vector<Environment> all = environments(report);
    const std::vector<Scale> all_scales = scales(report);
    const bool with_kind = several_kinds(report);
    const std::string words = coverage_words(report);
    const Markup when =
        Markup::text(words.empty() ? "Nothing was looked at, " : "Looked at " + words + ", ") +
        time_markup(report.looked_at) + Markup::literal(".");
    Markup content = navigation(all) + failures_section(report);
    for (std::size_t number = 0; number < all.size(); ++number) {
        content += environment_section(all[number], number, with_kind, all_scales);
    }
    content += ignored_section(report) + notices_section(report) + coverage_section(report);
    const std::string lead = headline(report);
    return page(
        lead + " - " + std::string(title),
        head(title, sentence(lead), lead_class(report), when) + element("main", content) + foot());
}

std::string html(const NotLooked& not_looked, std::string_view title) {
    const std::string where = not_looked.environment.empty() ? "" : " in " + not_looked.environment;
    const std::string lead = "not looked at: " + not_looked.kind + where;
    const Markup why =
        element("section", {{"class", "missed"}, {"aria-labelledby", "missed"}},
                element("h2", {{"id", "missed"}}, Markup::literal("Why it was not looked at")) +
                    lines_markup(not_looked.reason));
    const Markup known =
        element("section", {{"class", "aside"}, {"aria-labelledby", "known"}},
                element("h2", {{"id", "known"}}, Markup::literal("What the version names")) +
                    element("p", Markup::literal("From an earlier look: ") +
                                     Markup::text(not_looked.summary)));
    return page(lead + " - " + std::string(title),
                head(title, sentence(lead), "lead blind",
                     Markup::literal("Tried ") + time_markup(not_looked.tried_at) +
                         Markup::literal(". Nothing is known of how it is now.")) +
                    element("main", why + known) + foot());
}

Markup severity_mark(Severity severity) {
    const std::string word(to_text(severity));
    return element("span", {{"class", "severity " + word}}, Markup::name(word));
}

Markup link_markup(std::string_view title, std::string_view url) {
    const std::string address = link_address(url);
    if (address.empty()) {
        return Markup::name(title) + Markup::literal(": ") + Markup::text(url);
    }
    return element("a", {{"href", address}, {"rel", "noopener noreferrer"}},
                   Markup::name(title.empty() ? std::string_view(address) : title));
}

Markup lines_markup(std::string_view text) {
    Markup all;
    for (const std::string& line : lines_of(text)) {
        all += element("p", Markup::text(line));
    }
    return all;
}

Markup time_markup(Moment moment) {
    constexpr std::array<std::string_view, 12> months{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const std::chrono::year_month_day date(day_of(moment));
    const std::chrono::hh_mm_ss time(moment - day_of(moment));
    const std::string shown = fmt::format("{} {} {}, {:02}:{:02} UTC", unsigned(date.day()),
                                          months.at(unsigned(date.month()) - 1), int(date.year()),
                                          time.hours().count(), time.minutes().count());
    return element("time", {{"datetime", to_text(moment)}}, Markup::name(shown));
}

}  // namespace upkeep::present
