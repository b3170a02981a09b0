// BOSH's order of versions (semi-semantic): release[-pre][+post], each a list of dot-separated
// parts.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace upkeep {

// A stemcell's version as the BOSH director reads and orders it:
// - Parts of digits compare as numbers of any size ("009" is 9), others byte by byte (so case
//   matters); a number is less than a text. Missing parts are 0: 1741 equals 1741.0.
// - Without a pre-release is later than with one, with a post-release later than without:
//   1.0-rc.1 < 1.0 < 1.0+dev.1.
// - `_` separates parts as `.` does. Dots at the end of a list are dropped, empty parts within it
//   are refused.
// Equal versions may differ in text(), hence the weak order. Parsing and comparing take linear
// time.
class SemiSemanticVersion {
  public:
    // Nothing for what the director refuses (the .cpp cites the source of each rule).
    static std::optional<SemiSemanticVersion> parse(std::string_view text);

    const std::string& text() const { return text_; }  // as it was given
    // A pre-release or a post-release stands behind the release.
    bool has_suffix() const { return pre_ < text_.size(); }
    std::weak_ordering operator<=>(const SemiSemanticVersion& other) const;
    bool operator==(const SemiSemanticVersion& other) const;

  private:
    SemiSemanticVersion(std::string_view text, std::size_t pre, std::size_t post)
        : text_(text), pre_(pre), post_(post) {}

    std::string_view release() const;
    std::string_view pre_release() const;   // empty without one
    std::string_view post_release() const;  // empty without one

    std::string text_;
    std::size_t pre_;   // where its `-` stands: at post_ without one
    std::size_t post_;  // where its `+` stands: at the end without one
};

}  // namespace upkeep
