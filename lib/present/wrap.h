// Text in lines of a given width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace upkeep::present {

// Broken at blanks; a word that is too long for a line, after a slash, hyphen or the like, or else
// anywhere. The text must be printable(). Width 0 sets no limit. At least one line, which may be
// empty.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// Blanks up to `width` columns; what is longer stays.
std::string padded(std::string_view text, std::size_t width);

// Blanks at the ends of lines taken away; every line ends with a line feed.
std::string without_trailing_blanks(std::string_view text);

}  // namespace upkeep::present
