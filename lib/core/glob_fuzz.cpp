// A pattern is taken or refused, and matching agrees with a plain backtracking matcher on short
// input.
#include "core/glob.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/text.h"

namespace {

using Characters = std::vector<std::string>;

// Of valid UTF-8.
Characters characters(const std::string& text) {
    Characters all;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            all.emplace_back();
        }
        all.back() += c;
    }
    return all;
}

// Patterns of stars, question marks and plain characters, by the words of glob.h.
class Backtracking {
  public:
    Backtracking(const std::string& pattern, const std::string& text)
        : pattern_(characters(pattern)), text_(characters(text)) {}

    bool matches(std::size_t p = 0, std::size_t t = 0) const {
        if (p == pattern_.size()) {
            return t == text_.size();
        }
        if (pattern_[p] == "*") {
            return star_matches(p, t);
        }
        const bool one =
            t < text_.size() && (pattern_[p] == "?" ? text_[t] != "/" : pattern_[p] == text_[t]);
        return one && matches(p + 1, t + 1);
    }

  private:
    bool star_matches(std::size_t p, std::size_t t) const {
        const bool crosses = p + 1 < pattern_.size() && pattern_[p + 1] == "*";
        const std::size_t behind = p + (crosses ? 2U : 1U);
        const bool folders = crosses && behind < pattern_.size() && pattern_[behind] == "/" &&
                             starts_segment(pattern_, p) && starts_segment(text_, t);
        return matches(behind, t) || (folders && matches(behind + 1, t)) ||
               (t < text_.size() && (crosses || text_[t] != "/") && matches(p, t + 1));
    }

    static bool starts_segment(const Characters& text, std::size_t at) {
        return at == 0 || text[at - 1] == "/";
    }

    Characters pattern_;
    Characters text_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = input.find('\n');
    const std::string pattern = input.substr(0, end);
    const std::string text = end == std::string::npos ? "" : input.substr(end + 1);
    try {
        const bool matched = upkeep::Glob(pattern).matches(text);
        const bool plain =
            pattern.find_first_of("[\\") == std::string::npos && upkeep::valid_utf8(input) == input;
        if (plain && pattern.size() < 12 && text.size() < 16 &&
            matched != Backtracking(pattern, text).matches()) {
            std::abort();
        }
    } catch (const std::invalid_argument&) {
    }
    return 0;
}
