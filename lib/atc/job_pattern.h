// Which jobs of a Concourse are meant: team/pipeline/job with globs. The team is literal, because
// the client must show a role in each team that is counted.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "atc/job_ref.h"
#include "core/glob.h"

namespace upkeep::atc {

class JobPattern {
  public:
    // "main/cf-*/deploy-*", "main/cf[env=staging]/deploy-*": all instances of a pipeline where
    // there are no brackets, else those that have these variables (and may have others). A value is
    // a glob too, of which `*` means whatever it is, slashes too: feature/*, 2.*. In quotes it
    // means texts alone: "1" is the text, 1 the number. A list of texts, ["z1","z2"], is that list.
    // Throws std::invalid_argument with what is wrong.
    explicit JobPattern(const std::string& text);

    bool matches(const JobRef& job) const;
    const std::string& team() const { return team_; }
    const std::string& text() const { return text_; }

  private:
    // What a variable of an instance is to be: this value, or as the glob says.
    struct Value {
        explicit Value(const std::string& text);
        bool matches(const json::value& value) const;

        std::optional<json::value> exactly;
        bool text_alone = false;
        Glob glob;
    };

    JobPattern(const std::string& text, const JobParts& parts);

    std::string text_;
    std::string team_;
    Glob pipeline_;
    std::vector<std::pair<std::string, Value>> variables_;
    Glob job_;
};

// The pattern that means this job alone (and, where its pipeline may have them, those of instances
// that have more variables).
std::string pattern_of(const JobRef& job);

// One argument may hold several: "main/*/deploy-*,!main/sandbox/*", at commas outside of brackets
// and quotes. Blanks around them are no part of them.
std::vector<std::string> separate_patterns(const std::vector<std::string>& arguments);

// Patterns of which the last that matches wins; `!` excludes.
class JobPatterns {
  public:
    JobPatterns() = default;
    // Throws as JobPattern does, and where the list is empty or begins with one that excludes.
    explicit JobPatterns(const std::vector<std::string>& texts);

    bool empty() const { return entries_.empty(); }  // made of nothing: it matches nothing
    bool matches(const JobRef& job) const;
    // Which of them includes the job, the first that does.
    std::size_t place_of(const JobRef& job) const;
    // Of what is included; sorted.
    std::vector<std::string> teams() const;
    // As they were given.
    std::vector<std::string> texts() const;
    // "main/*/deploy-*, !main/sandbox/*"
    std::string text() const;

  private:
    struct Entry {
        JobPattern pattern;
        bool excludes = false;
    };
    std::vector<Entry> entries_;
};

}  // namespace upkeep::atc
