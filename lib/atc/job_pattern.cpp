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

// In a value a slash separates nothing: `*` means it too.
std::string without_segments(std::string text) {
    std::replace(text.begin(), text.end(), '/', '\x1f');
    return text;
}

// The value that a pattern is, if it is one and no text: a number, a list of texts. Another list is
// rather a set of characters.
std::optional<json::value> value_in(const std::string& pattern) {
    json::value value = variable_value(pattern);
    const bool is_value = !value.is_string() && (!value.is_array() || pattern.starts_with("[\""));
    return is_value ? std::optional(std::move(value)) : std::nullopt;
}

bool is_in_quotes(std::string_view text) {
    return text.size() > 1 && text.starts_with('"') && text.ends_with('"');
}

std::string pattern_of_value(const json::value& value) {
    if (!value.is_string()) {
        const std::string text = variable_text(value);
        return value_in(text) ? text : as_glob(text);
    }
    const std::string text(value.get_string());
    // Without quotes it would be another value, or lose the blanks at its ends.
    const bool needs_quotes =
        variable_value(text) != value || text.empty() || trimmed(text, " ") != text;
    return needs_quotes ? "\"" + as_glob(text) + "\"" : as_glob(text);
}

}  // namespace

JobPattern::Value::Value(const std::string& text)
    : exactly(value_in(text)),
      text_alone(is_in_quotes(text)),
      glob(without_segments(text_alone ? text.substr(1, text.size() - 2) : text)) {}

bool JobPattern::Value::matches(const json::value& value) const {
    if (exactly) {
        return value == *exactly;
    }
    return value.is_string() ? glob.matches(without_segments(std::string(value.get_string())))
                             : !text_alone && glob.matches(without_segments(variable_text(value)));
}

JobPattern::JobPattern(const std::string& text) : JobPattern(text, split_job(text)) {}

JobPattern::JobPattern(const std::string& text, const JobParts& parts)
    : text_(text), team_(literal(parts.team)), pipeline_(parts.pipeline), job_(parts.job) {
    for (const auto& [name, value] : parts.variables) {
        variables_.emplace_back(name, value);
    }
}

bool JobPattern::matches(const JobRef& job) const {
    const auto has = [&](const auto& variable) {
        const auto found = job.instance.find(variable.first);
        return found != job.instance.end() && variable.second.matches(found->second);
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
        value = pattern_of_value(job.instance.at(name));
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
