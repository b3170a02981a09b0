// Where each rule comes from:
// - gem: cloudfoundry's semi_semantic 1.2.0 (lib/semi_semantic/version.rb, version_segment.rb),
// which
//   the director uses.
// - director: cloudfoundry/bosh, src/bosh-director/lib/bosh/version/stemcell_version.rb.
// - go: cppforlife/go-semi-semantic, which the bosh command line and bosh.io use.
// Where they differ the director is followed, because it chooses what is deployed:
// - Leading zeros: gem reads "009" as the number 9, go as a text (later than every number).
// - Size: gem's integers have no limit, go refuses what does not fit into 64 bits.
// - Dots at the end: gem drops them (Ruby's split does), go refuses them.
// - `_`: director turns it into `.` in a stemcell's version before gem reads it; gem and go alone
//   keep it as a letter.
// In one case go is followed: gem's pattern is matched line by line, so that it takes "junk\n1.0"
// for 1.0; a version with a line feed is refused here.

#include "core/semi_semantic.h"

#include <algorithm>

#include "core/text.h"

namespace upkeep {

namespace {

bool is_alphanumeric(char c) {
    return is_digit(c) || is_letter(c);
}

bool is_separator(char c) {
    return c == '.' || c == '_';
}

// One part of a list. A number is without its leading zeros, so 0 is the empty number.
struct Part {
    bool is_number = true;
    std::string_view text;
};

// Takes the first part off the list; past the end of the list every part is 0 (gem: is_all_zeros).
Part take_part(std::string_view& list) {
    const auto end = std::find_if(list.begin(), list.end(), is_separator);
    std::string_view text = list.substr(0, static_cast<std::size_t>(end - list.begin()));
    list.remove_prefix(std::min(text.size() + 1, list.size()));
    if (!std::all_of(text.begin(), text.end(), is_digit)) {
        return {false, text};
    }
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
    return {true, text};
}

std::weak_ordering compare_parts(const Part& left, const Part& right) {
    if (left.is_number != right.is_number) {
        return left.is_number ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    if (left.is_number && left.text.size() != right.text.size()) {
        return left.text.size() <=> right.text.size();
    }
    return left.text <=> right.text;
}

std::weak_ordering compare_lists(std::string_view left, std::string_view right) {
    while (!left.empty() || !right.empty()) {
        const std::weak_ordering order = compare_parts(take_part(left), take_part(right));
        if (std::is_neq(order)) {
            return order;
        }
    }
    return std::weak_ordering::equivalent;
}

// gem: the characters of the pattern in version.rb, then the pieces of VersionSegment.parse. A
// hyphen may stand in all but the release, which ends at the first one.
bool is_list(std::string_view list) {
    if (!std::all_of(list.begin(), list.end(),
                     [](char c) { return is_alphanumeric(c) || is_separator(c) || c == '-'; })) {
        return false;
    }
    while (!list.empty() && is_separator(list.back())) {
        list.remove_suffix(1);
    }
    if (list.empty() || is_separator(list.front())) {
        return false;
    }
    return std::adjacent_find(list.begin(), list.end(), [](char left, char right) {
               return is_separator(left) && is_separator(right);
           }) == list.end();
}

}  // namespace

std::optional<SemiSemanticVersion> SemiSemanticVersion::parse(std::string_view text) {
    const std::size_t post = std::min(text.find('+'), text.size());
    const std::size_t pre = std::min(text.find('-'), post);
    const SemiSemanticVersion version(text, pre, post);
    const bool valid = is_list(version.release()) &&
                       (pre == post || is_list(version.pre_release())) &&
                       (post == text.size() || is_list(version.post_release()));
    return valid ? std::optional(version) : std::nullopt;
}

std::string_view SemiSemanticVersion::release() const {
    return std::string_view(text_).substr(0, pre_);
}

std::string_view SemiSemanticVersion::pre_release() const {
    return pre_ == post_ ? "" : std::string_view(text_).substr(pre_ + 1, post_ - pre_ - 1);
}

std::string_view SemiSemanticVersion::post_release() const {
    return post_ == text_.size() ? "" : std::string_view(text_).substr(post_ + 1);
}

std::weak_ordering SemiSemanticVersion::operator<=>(const SemiSemanticVersion& other) const {
    const std::weak_ordering releases = compare_lists(release(), other.release());
    if (std::is_neq(releases)) {
        return releases;
    }
    // gem: a missing segment is not the same as one of zeros, 1-0 < 1 < 1+0.
    if (pre_release().empty() != other.pre_release().empty()) {
        return pre_release().empty() ? std::weak_ordering::greater : std::weak_ordering::less;
    }
    const std::weak_ordering pre_releases = compare_lists(pre_release(), other.pre_release());
    if (std::is_neq(pre_releases)) {
        return pre_releases;
    }
    if (post_release().empty() != other.post_release().empty()) {
        return post_release().empty() ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    return compare_lists(post_release(), other.post_release());
}

bool SemiSemanticVersion::operator==(const SemiSemanticVersion& other) const {
    return std::is_eq(*this <=> other);
}

}  // namespace upkeep
