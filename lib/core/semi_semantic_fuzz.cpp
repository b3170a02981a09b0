// Lines as versions: what is read keeps its text, and any three are in a total order.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/semi_semantic.h"

namespace {

using upkeep::SemiSemanticVersion;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

std::optional<SemiSemanticVersion> read(std::string_view text) {
    std::optional<SemiSemanticVersion> version = SemiSemanticVersion::parse(text);
    require(!version || version->text() == text, "a version keeps its text");
    return version;
}

void check_pair(const SemiSemanticVersion& a, const SemiSemanticVersion& b) {
    require((a < b) == (b > a) && (a == b) == (b == a), "the order is antisymmetric");
    require((a == b) == std::is_eq(a <=> b), "equality agrees with the order");
}

void check_three(const std::vector<SemiSemanticVersion>& versions) {
    for (const SemiSemanticVersion& a : versions) {
        require(a == *SemiSemanticVersion::parse(a.text()), "a version equals itself");
        for (const SemiSemanticVersion& b : versions) {
            check_pair(a, b);
            for (const SemiSemanticVersion& c : versions) {
                require(!(a <= b && b <= c) || a <= c, "the order is transitive");
                require(!(a == b && b == c) || a == c, "equality is transitive");
            }
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    std::vector<SemiSemanticVersion> versions;
    std::string_view rest = text;
    for (int line = 0; line < 3 && !rest.empty(); ++line) {
        const std::string_view first = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(first.size() + 1, rest.size()));
        if (const std::optional<SemiSemanticVersion> version = read(first)) {
            versions.push_back(*version);
        }
    }
    check_three(versions);
    return 0;
}
