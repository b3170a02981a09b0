#include "present/overview.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/text.h"

namespace upkeep::present {

namespace {

constexpr std::size_t names_at_most = 3;     // in the summary
constexpr std::size_t name_width_most = 60;  // of each of them
constexpr std::size_t lines_at_most = 20;
constexpr std::size_t coverage_most = 6;  // things that are counted, in words

std::string name_in_words(std::string_view name) {
    return shortened(printable(name), name_width_most);
}

Environment& environment_called(std::vector<Environment>& all, const std::string& name) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Environment& one) { return one.name == name; });
    if (found != all.end()) {
        return *found;
    }
    all.emplace_back().name = name;
    return all.back();
}

State state_of(const Environment& environment) {
    const bool looked = std::any_of(environment.coverage.begin(), environment.coverage.end(),
                                    [](const Coverage* part) { return part->failure.empty(); });
    if (!environment.findings.empty()) {
        return State::findings;  // also where all that could be found is that nothing can be seen
    }
    return looked ? State::clean : State::not_looked_at;
}

// " in production and staging", " in 7 environments", or nothing where they have no names.
std::string in_environments(const std::vector<std::string>& names) {
    if (names.empty()) {
        return {};
    }
    if (names.size() > names_at_most) {
        return fmt::format(" in {} environments", names.size());
    }
    return " in " + joined(names);
}

std::vector<std::string> named(const std::vector<Environment>& all, State state) {
    std::vector<std::string> names;
    for (const Environment& one : all) {
        if (one.state == state && !one.name.empty()) {
            names.push_back(name_in_words(one.name));
        }
    }
    return names;
}

// What is open all the same is not denied.
std::string nothing_words(bool newer, bool held) {
    return std::string(newer ? "nothing that the version names is open" : "nothing found") +
           (held ? " but what is being mended now" : "");
}

std::string found_words(const Report& report, const std::vector<Environment>& all) {
    if (report.findings.empty()) {
        return nothing_words(report.newer > 0, !report.held.empty()) +
               in_environments(named(all, State::clean));
    }
    return counted(report.findings.size(), "finding", "findings") +
           in_environments(named(all, State::findings));
}

std::string subjects_of(const Report& report) {
    std::vector<std::string> subjects;
    std::set<std::string_view> seen;
    for (const Finding& finding : report.findings) {
        if (seen.insert(finding.subject).second) {
            const bool shown = subjects.size() < names_at_most;  // the others are only counted
            subjects.push_back(shown ? name_in_words(finding.subject) : "");
        }
    }
    return subjects.empty() ? std::string{} : ": " + first_few(subjects, names_at_most);
}

// What hangs behind the main clause: what was left out, and what could not be looked at.
std::string not_shown_words(const Report& report, const std::vector<Environment>& all) {
    const std::string newer =
        report.newer == 0
            ? ""
            : "; " + counted(report.newer, "newer finding is", "newer findings are") + " open";
    const std::vector<std::string> missing = named(all, State::not_looked_at);
    if (missing.empty()) {
        return newer + (report.complete() ? "" : "; not everything could be looked at");
    }
    const std::string names = missing.size() > names_at_most
                                  ? fmt::format("{} environments", missing.size())
                                  : joined(missing);
    return newer + "; " + names + " could not be looked at";
}

struct Counted {
    Noun items;
    std::string of;  // of the first list
    std::size_t count = 0;
    std::size_t lists = 0;
};

std::string in_words(const Counted& one) {
    std::string of = one.of.empty() ? "" : " of " + one.of;
    if (one.lists > 1 && !one.of.empty()) {
        of = fmt::format(" ({} lists)", one.lists);
    }
    return shortened(printable(counted(one.count, one.items.one, one.items.many) + of), 200);
}

}  // namespace

std::vector<Environment> environments(const Report& report) {
    std::vector<Environment> all;
    for (const Coverage& part : report.coverage) {
        Environment& one = environment_called(all, part.environment);
        one.coverage.push_back(&part);
        one.complete = one.complete && part.failure.empty();
    }
    for (const Finding& finding : report.findings) {
        environment_called(all, finding.environment).findings.push_back(&finding);
    }
    for (const IgnoredFinding& ignored : report.ignored) {
        environment_called(all, ignored.finding.environment).ignored.push_back(&ignored);
    }
    for (const Finding& held : report.held) {
        environment_called(all, held.environment).held = true;
    }
    for (Environment& one : all) {
        one.newer = report.newer > 0;  // only `in` leaves some out, which looks at one environment
        one.state = state_of(one);
        one.complete = one.complete && one.state != State::not_looked_at;
    }
    return all;
}

bool looked(const Report& report) {
    const std::vector<Environment> all = environments(report);
    return std::any_of(all.begin(), all.end(),
                       [](const Environment& one) { return one.state != State::not_looked_at; });
}

std::vector<const Coverage*> failures(const Report& report) {
    std::vector<const Coverage*> failed;
    for (const Coverage& part : report.coverage) {
        if (!part.failure.empty()) {
            failed.push_back(&part);
        }
    }
    return failed;
}

std::string summary_line(const Report& report) {
    const std::vector<Environment> all = environments(report);
    return looked(report)
               ? found_words(report, all) + subjects_of(report) + not_shown_words(report, all)
               : headline(report);
}

std::string headline(const Report& report) {
    const std::vector<Environment> all = environments(report);
    return looked(report)
               ? found_words(report, all) + not_shown_words(report, all)
               : "nothing could be looked at" + in_environments(named(all, State::not_looked_at));
}

std::string coverage_words(const std::vector<const Coverage*>& coverage) {
    std::vector<Counted> all;
    std::map<std::string, std::size_t> places;  // in `all`, by what is counted
    // One list that several environments share was read once.
    std::set<std::tuple<std::string, std::string_view, std::int64_t>> seen;
    for (const Coverage* part : coverage) {
        if (!part->failure.empty() ||
            !seen.emplace(part->what(), part->place, part->count).second) {
            continue;
        }
        const auto [place, is_new] = places.emplace(part->items.many, all.size());
        if (is_new) {
            all.push_back(Counted{part->items, part->of, 0, 0});
        }
        Counted& counts = all[place->second];
        counts.count += static_cast<std::size_t>(std::max<std::int64_t>(part->count, 0));
        ++counts.lists;
    }
    const std::size_t shown = all.size() > coverage_most ? coverage_most - 1 : all.size();
    std::vector<std::string> words;
    std::transform(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(shown),
                   std::back_inserter(words), in_words);
    if (shown < all.size()) {
        words.push_back(fmt::format("{} other things", all.size() - shown));
    }
    return joined(words);
}

std::string coverage_words(const Report& report) {
    std::vector<const Coverage*> coverage;
    coverage.reserve(report.coverage.size());
    for (const Coverage& part : report.coverage) {
        coverage.push_back(&part);
    }
    return coverage_words(coverage);
}

std::string short_state_words(const Environment& environment) {
    switch (environment.state) {
        case State::not_looked_at:
            return "not looked at";
        case State::clean:
            return nothing_words(environment.newer, environment.held);
        case State::findings:
            break;
    }
    return counted(environment.findings.size(), "finding", "findings");
}

std::string state_words(const Environment& environment) {
    const bool partly = !environment.complete && environment.state != State::not_looked_at;
    return short_state_words(environment) + (partly ? ", as far as was looked" : "");
}

std::string severity_words(const std::vector<const Finding*>& findings) {
    std::map<Severity, std::size_t, std::greater<>> counts;
    for (const Finding* finding : findings) {
        ++counts[finding->severity];
    }
    if (counts.size() == 1) {
        return (findings.size() == 1 ? "" : "all ") + std::string(to_text(counts.begin()->first));
    }
    std::vector<std::string> words;
    words.reserve(counts.size());
    for (const auto& [severity, count] : counts) {
        words.push_back(fmt::format("{} {}", count, to_text(severity)));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < lines_at_most) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t begin = line.find_first_not_of(" \t\r");
        if (begin != std::string_view::npos) {
            const std::size_t end = line.find_last_not_of(" \t\r") + 1;
            lines.emplace_back(line.substr(begin, end - begin));
        }
    }
    return lines;
}

std::string left_out_words(std::size_t count) {
    return count <= rows_most
               ? ""
               : fmt::format(
                     "{} more are not shown here: findings.json (--format json) has all {}.",
                     count - rows_most, count);
}

std::vector<std::string> jobs(const Report& report) {
    std::vector<std::string> all;
    std::set<std::string_view> seen;
    for (const Finding& finding : report.findings) {
        if (!finding.job.empty() && seen.insert(finding.job).second) {
            all.push_back(finding.job);
        }
    }
    return all;
}

}  // namespace upkeep::present
