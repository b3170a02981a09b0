// Text from outside, made harmless for where it goes. All of it passes printable() first, so that
// neither a terminal nor a reader is deceived in any format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace upkeep::present {

// Names (of deployments, jobs, places) and sentences are shortened to these widths where people
// read them. The JSON has all of it.
inline constexpr std::size_t name_width_most = 200;
inline constexpr std::size_t text_width_most = 1'000;

// For the content of an HTML element.
std::string html_name(std::string_view text);
std::string html_text(std::string_view text);
// For an attribute's value within quotes; not shortened.
std::string html_attribute(std::string_view text);

// For running text, list items and table cells of Markdown (CommonMark with the additions of GitHub
// and GitLab): markup is escaped, a pipe is always a character reference, so that no reader of
// tables splits at it; a name that would be notified and a number that would be linked are broken
// by a zero-width space.
std::string markdown_name(std::string_view text);
std::string markdown_text(std::string_view text);
// A code span, or markdown_name() where the text cannot stand in one.
std::string markdown_code(std::string_view text);

// The address as it may stand in a link: http or https with a host, ASCII without blanks, quotes,
// brackets or backslashes, of at most 2,000 bytes; else empty, and it is shown as text.
std::string link_address(std::string_view url);

}  // namespace upkeep::present
