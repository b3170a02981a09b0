#include "core/glob.h"

#include <stdexcept>
#include <utility>

namespace upkeep {

namespace {

// How many bytes the first character takes: one of UTF-8, or a byte that is none.
std::size_t first_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t wanted = at(0) < 0xC2   ? 1
                               : at(0) < 0xE0 ? 2
                               : at(0) < 0xF0 ? 3
                               : at(0) < 0xF5 ? 4
                                              : 1;
    std::size_t length = 1;
    while (length < wanted && length < text.size() && (at(length) & 0xC0U) == 0x80U) {
        ++length;
    }
    return length == wanted ? wanted : 1;
}

std::string_view first_character(std::string_view text) {
    return text.substr(0, text.empty() ? 0 : first_length(text));
}

// The part of a pattern that takes one character of text: a set, an escape, `?` or the character
// itself.
struct Single {
    bool matches;
    std::size_t length;  // in the pattern
};

// The position behind the `]` that ends the set at `begin`, or npos. A `]` right after the start is
// a member.
std::size_t end_of_set(std::string_view pattern, std::size_t begin) {
    std::size_t at = begin + 1;
    if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) {
        ++at;
    }
    if (at < pattern.size() && pattern[at] == ']') {
        ++at;
    }
    while (at < pattern.size() && pattern[at] != ']') {
        ++at;
    }
    return at < pattern.size() ? at + 1 : std::string_view::npos;
}

std::string_view take_character(std::string_view& text) {
    const std::string_view character = first_character(text);
    text.remove_prefix(character.size());
    return character;
}

// Texts of UTF-8 have the order of their code points.
bool set_has(std::string_view set, std::string_view c) {
    set = set.substr(1, set.size() - 2);
    const bool negated = !set.empty() && (set.front() == '!' || set.front() == '^');
    if (negated) {
        set.remove_prefix(1);
    }
    bool found = false;
    while (!set.empty()) {
        const std::string_view first = take_character(set);
        std::string_view last = first;
        if (set.size() > 1 && set.front() == '-') {
            set.remove_prefix(1);
            last = take_character(set);
        }
        found = found || (first <= c && c <= last);
    }
    return c != "/" && found != negated;
}

Single match_single(std::string_view pattern, std::size_t at, std::string_view c) {
    switch (pattern[at]) {
        case '?':
            return {c != "/", 1};
        case '\\': {
            const std::string_view escaped = first_character(pattern.substr(at + 1));
            return {escaped == c, 1 + escaped.size()};
        }
        case '[': {
            const std::size_t end = end_of_set(pattern, at);
            return {set_has(pattern.substr(at, end - at), c), end - at};
        }
        default: {
            const std::string_view plain = first_character(pattern.substr(at));
            return {plain == c, plain.size()};
        }
    }
}

std::size_t single_length(std::string_view pattern, std::size_t at) {
    return match_single(pattern, at, "").length;
}

void check(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] == '\\' && at + 1 == pattern.size()) {
            throw std::invalid_argument("a backslash at its end escapes nothing");
        }
        if (pattern[at] == '[' && end_of_set(pattern, at) == std::string_view::npos) {
            throw std::invalid_argument("the set that begins with [ has no ]");
        }
        at += single_length(pattern, at);
    }
}

// Every state of the pattern that the text so far can be in: position i means pattern[0, i) has
// matched.
class States {
  public:
    explicit States(std::string_view pattern) : pattern_(pattern), now_(pattern.size() + 1) {
        add(now_, 0, true);
    }

    void step(std::string_view c) {
        std::vector<bool> next(pattern_.size() + 1);
        for (std::size_t at = 0; at < pattern_.size(); ++at) {
            if (!now_[at]) {
                continue;
            }
            if (pattern_[at] == '*') {
                if (crosses(at) || c != "/") {
                    add(next, at, c == "/");
                }
            } else if (const Single single = match_single(pattern_, at, c); single.matches) {
                add(next, at + single.length, c == "/");
            }
        }
        now_ = std::move(next);
    }

    bool accepts() const { return now_[pattern_.size()]; }

  private:
    bool crosses(std::size_t at) const {
        return at + 1 < pattern_.size() && pattern_[at + 1] == '*';
    }

    // A star may match nothing, so what comes behind it is reached with it; and at the start of a
    // segment so is what comes behind the slash of `**/`, which stands for any folders, none
    // included.
    // What is there already was reached with all that comes behind it.
    void add(std::vector<bool>& states, std::size_t at, bool segment_start) const {
        while (!states[at]) {
            states[at] = true;
            if (at == pattern_.size() || pattern_[at] != '*') {
                return;
            }
            const bool folders = segment_start && crosses(at) && at + 2 < pattern_.size() &&
                                 pattern_[at + 2] == '/' && (at == 0 || pattern_[at - 1] == '/');
            at += crosses(at) ? 2U : 1U;
            if (folders) {
                states[at] = true;
                ++at;
            }
        }
    }

    std::string_view pattern_;
    std::vector<bool> now_;
};

}  // namespace

Glob::Glob(std::string pattern) : pattern_(std::move(pattern)) {
    check(pattern_);
}

bool Glob::matches(std::string_view text) const {
    States states(pattern_);
    while (!text.empty()) {
        states.step(take_character(text));
    }
    return states.accepts();
}

GlobList::GlobList(const std::vector<std::string>& patterns) {
    entries_.reserve(patterns.size());
    for (const std::string& pattern : patterns) {
        const bool excludes = !pattern.empty() && pattern.front() == '!';
        entries_.push_back({Glob(excludes ? pattern.substr(1) : pattern), excludes});
    }
}

bool GlobList::matches(std::string_view text) const {
    bool matched = entries_.empty() || entries_.front().excludes;
    for (const Entry& entry : entries_) {
        if (entry.excludes == matched && entry.glob.matches(text)) {
            matched = !entry.excludes;
        }
    }
    return matched;
}

}  // namespace upkeep
