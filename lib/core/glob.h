// The one kind of pattern: `*` stays within a segment (between `/`), `**` crosses segments, `?` is
// one character within a segment, `[a-z]` and `[!a-z]` are sets of them, `\` takes the next one as
// it is. A character is a code point of UTF-8 (where there is none, a byte). Case matters. Matching
// takes time linear in pattern times text, whatever the pattern.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upkeep {

class Glob {
  public:
    // Throws std::invalid_argument with the reason (a set without its end, a lone backslash at the
    // end).
    explicit Glob(std::string pattern);

    bool matches(std::string_view text) const;
    const std::string& pattern() const { return pattern_; }

  private:
    std::string pattern_;
};

// Patterns of which the last that matches wins; `!` excludes; a list that begins with `!` begins
// from everything; an empty list matches everything.
class GlobList {
  public:
    GlobList() = default;
    // Throws std::invalid_argument as Glob does.
    explicit GlobList(const std::vector<std::string>& patterns);

    bool matches(std::string_view text) const;

  private:
    struct Entry {
        Glob glob;
        bool excludes = false;
    };
    std::vector<Entry> entries_;
};

}  // namespace upkeep
