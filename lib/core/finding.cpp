#include "core/finding.h"

#include "core/digest.h"

namespace upkeep {

std::string_view to_text(Severity severity) {
    return severity_names.at(static_cast<std::size_t>(severity));
}

std::string finding_id(std::span<const std::string_view> facts) {
    return digest_of(facts);
}

std::string_view short_id(std::string_view id) {
    return id.substr(0, 16);
}

}  // namespace upkeep
