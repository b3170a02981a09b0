// Text from outside, made harmless and measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace upkeep {

// On one line, for a terminal, a log or a page: whatever could act or deceive becomes visible (\n,
// \x1b, \u202e), everything else stays: control characters, invalid UTF-8 (byte by byte),
// bidirectional controls, characters that cannot be seen, and more than eight marks on one letter.
// printable(printable(x)) == printable(x).
std::string printable(std::string_view text);
// As printable, but line feeds stay.
std::string printable_lines(std::string_view text);

// The same for a JSON document of valid UTF-8, by escapes of JSON: it means what it meant before.
std::string printable_json(std::string_view document);

// Invalid UTF-8 replaced by U+FFFD, for formats that must be UTF-8.
std::string valid_utf8(std::string_view text);

// Columns on a terminal: wide characters count two, combining ones none. The text must be
// printable().
std::size_t display_width(std::string_view text);
// How many bytes of `text`, from its beginning, take at most `width` columns; never cuts a
// character.
std::size_t bytes_within(std::string_view text, std::size_t width);
// At most `width` columns, with an ellipsis where something was cut.
std::string shortened(std::string_view text, std::size_t width);

// A key or a value from outside as messages show it: printable, and at most so many columns.
std::string in_brief(std::string_view text, std::size_t width = 60);
// The same in quotes.
std::string quoted(std::string_view text);

// "1 deployment", "2 deployments".
std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

// "a, b and c".
std::string joined(const std::vector<std::string>& words);
// "a, b, c and 4 more": the first `most` of them.
std::string first_few(const std::vector<std::string>& words, std::size_t most);

// Nothing unless all of the text is one, in decimal digits, perhaps behind a minus, of 63 bits.
std::optional<std::int64_t> whole_number(std::string_view text);

// ASCII alone, whatever the locale.
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// Its letters A to Z as a to z.
std::string in_small_letters(std::string_view text);
// Without any of these characters at both ends.
std::string_view trimmed(std::string_view text, std::string_view blank);
// Without the byte order mark (U+FEFF in UTF-8) that may stand before it.
std::string_view without_mark(std::string_view text);

}  // namespace upkeep
