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

// As a pattern that means this text alone. What is behind a backslash stays so: split_job() passes
// over it.
std::string as_glob(const std::string& text) {
    std::string glob;
    bool escaped = false;
    for (const char c : text) {
        const bool is_special = std::string_view("*?[]\\,").find(c) != std::string_view::npos;
        glob += is_special || escaped ? std::string{'\\', c} : std::string{c};
        escaped = c == '\\' && !escaped;
    }
    return glob;
}

std::vector<std::pair<std::string, Glob>> globs(const JobParts& parts) {
    std::vector<std::pair<std::string, Glob>> globs;
    globs.reserve(parts.variables.size());
    for (const auto& [name, value] : parts.variables) {
        const bool is_list = value.starts_with("[\"");  // of texts, and no set of characters
        globs.emplace_back(name, Glob(is_list ? as_glob(value) : value));
    }
    return globs;
}

}  // namespace

JobPattern::JobPattern(const std::string& text)
    : text_(text),
      team_(literal(split_job(text).team)),
      pipeline_(split_job(text).pipeline),
      variables_(globs(split_job(text))),
      job_(split_job(text).job) {}

bool JobPattern::matches(const JobRef& job) const {
    const auto has = [&](const auto& variable) {
        const auto found = job.instance.find(variable.first);
        return found != job.instance.end() && variable.second.matches(variable_text(found->second));
    };
    return job.team == team_ && pipeline_.matches(job.pipeline) && job_.matches(job.job) &&
           std::all_of(variables_.begin(), variables_.end(), has);
}

std::string pattern_of(const JobRef& job) {
    JobParts parts = parts_of(job);
    parts.pipeline = as_glob(parts.pipeline);
    parts.job = as_glob(parts.job);
    for (auto& [name, value] : parts.variables) {
        value = as_glob(value);
    }
    return to_text(parts);
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
