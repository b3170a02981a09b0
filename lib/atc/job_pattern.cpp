#include "atc/job_pattern.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "core/text.h"

namespace upkeep::atc {

namespace {

std::string literal(const std::string& team) {
    if (team.find_first_of("*?[\\") != std::string::npos) {
        throw std::invalid_argument(
            "its team is a pattern, wanted: a name; give one pattern for "
            "each team");
    }
    return team;
}

// As a pattern that means this text alone. A quote in it ends none, and a slash that was in quotes
// separates nothing: split_job() passes over what is behind a backslash.
std::string as_glob(const std::string& text, std::string_view special = "*?[]\\,\"") {
    std::string glob;
    for (const char c : text) {
        const bool is_special = special.find(c) != std::string_view::npos;
        glob += is_special ? std::string{'\\', c} : std::string{c};
    }
    return glob;
}

// What a pattern of a value is held against: a text itself, but in quotes where it would read as
// something else, as "1".
std::string bare(const json::value& value) {
    const bool is_text =
        value.is_string() && variable_value(std::string(value.get_string())) == value;
    return is_text ? std::string(value.get_string()) : to_line(value);
}

// In a value a slash separates nothing: `*` means it too.
std::string without_segments(std::string text) {
    std::replace(text.begin(), text.end(), '/', '\x1f');
    return text;
}

Glob glob_of_value(const std::string& text) {
    const json::value value = variable_value(text);
    // A list but of texts is rather a set of characters.
    if (!value.is_string() && (!value.is_array() || text.starts_with("[\""))) {
        return Glob(without_segments(as_glob(bare(value))));
    }
    const bool in_quotes = text.size() > 1 && text.starts_with('"') && text.ends_with('"');
    const std::string inside = in_quotes ? text.substr(1, text.size() - 2) : "";
    const bool is_text = in_quotes && bare(json::value(inside)) == inside;
    return Glob(without_segments(is_text ? inside : text));
}

std::vector<std::pair<std::string, Glob>> globs(const JobParts& parts) {
    std::vector<std::pair<std::string, Glob>> globs;
    globs.reserve(parts.variables.size());
    for (const auto& [name, value] : parts.variables) {
        globs.emplace_back(name, glob_of_value(value));
    }
    return globs;
}

}  // namespace

JobPattern::JobPattern(const std::string& text) : JobPattern(text, split_job(text)) {}

JobPattern::JobPattern(const std::string& text, const JobParts& parts)
    : text_(text),
      team_(literal(parts.team)),
      pipeline_(parts.pipeline),
      variables_(globs(parts)),
      job_(parts.job) {}

bool JobPattern::matches(const JobRef& job) const {
    const auto has = [&](const auto& variable) {
        const auto found = job.instance.find(variable.first);
        return found != job.instance.end() &&
               variable.second.matches(without_segments(bare(found->second)));
    };
    return job.team == team_ && pipeline_.matches(job.pipeline) && job_.matches(job.job) &&
           std::all_of(variables_.begin(), variables_.end(), has);
}

std::string pattern_of(const JobRef& job) {
    JobParts parts = parts_of(job);
    constexpr std::string_view special_in_names = "*?[]\\,\"/";
    parts.pipeline = as_glob(parts.pipeline, special_in_names);
    parts.job = as_glob(parts.job, special_in_names);
    for (auto& [name, value] : parts.variables) {
        const std::string glob = as_glob(bare(job.instance.at(name)));
        // Without quotes blanks at its ends would be no part of it.
        const bool needs_quotes = glob.empty() || glob.front() == ' ' || glob.back() == ' ';
        value = needs_quotes ? "\"" + glob + "\"" : glob;
    }
    return to_text(parts);
}

std::vector<std::string> separate_patterns(const std::vector<std::string>& arguments) {
    std::vector<std::string> patterns;
    for (const std::string& argument : arguments) {
        for (const std::string& piece : split_list(argument)) {
            patterns.emplace_back(trimmed(piece, " "));
        }
    }
    return patterns;
}

JobPatterns::JobPatterns(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        const bool excludes = text.starts_with('!');
        try {
            entries_.push_back({JobPattern(excludes ? text.substr(1) : text), excludes});
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(quoted(text) + ": " + error.what());
        }
    }
    if (entries_.empty() || entries_.front().excludes) {
        throw std::invalid_argument("it names no job, wanted: team/pipeline/job first");
    }
}

bool JobPatterns::matches(const JobRef& job) const {
    const auto last = std::find_if(entries_.rbegin(), entries_.rend(),
                                   [&](const Entry& entry) { return entry.pattern.matches(job); });
    return last != entries_.rend() && !last->excludes;
}

std::size_t JobPatterns::place_of(const JobRef& job) const {
    const auto first = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return !entry.excludes && entry.pattern.matches(job);
    });
    return static_cast<std::size_t>(first - entries_.begin());
}

std::vector<std::string> JobPatterns::teams() const {
    std::set<std::string> teams;
    for (const Entry& entry : entries_) {
        if (!entry.excludes) {
            teams.insert(entry.pattern.team());
        }
    }
    return {teams.begin(), teams.end()};
}

std::vector<std::string> JobPatterns::texts() const {
    std::vector<std::string> texts;
    texts.reserve(entries_.size());
    for (const Entry& entry : entries_) {
        texts.push_back((entry.excludes ? "!" : "") + entry.pattern.text());
    }
    return texts;
}

std::string JobPatterns::text() const {
    std::string text;
    for (const std::string& one : texts()) {
        text += (text.empty() ? "" : ", ") + one;
    }
    return text;
}

}  // namespace upkeep::atc
