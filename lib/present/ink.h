// The colours of the table: few, and never without a word that says the same.
#pragma once

#include <string>
#include <string_view>

#include "core/finding.h"

namespace upkeep::present {

enum class Ink { plain, strong, faint, alarm, good, critical, high, medium, low };

// The code that begins the ink, empty for plain; every ink ends with ink_end.
std::string_view ink_code(Ink ink);
inline constexpr std::string_view ink_end = "\x1b[0m";

Ink ink_of(Severity severity);

// The text in the ink, or as it is where `colour` is false.
std::string inked(Ink ink, std::string_view text, bool colour);

}  // namespace upkeep::present
