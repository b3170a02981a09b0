// How a table is to look, and what can be drawn, decided from what is known of the output; the
// caller asks the system.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace upkeep::present {

// A table needs so much; what is narrower counts as this.
inline constexpr std::size_t table_width_least = 20;

struct TableStyle {
    std::size_t width = 0;  // columns at most; 0 sets no limit, as for a file
    bool colour = false;
};

// --colour
enum class ColourChoice { automatic, always, never };

// What the caller knows: isatty, the size that the terminal reports, three environment variables.
struct Output {
    bool terminal = false;
    std::optional<std::size_t> columns;
    std::optional<std::string> columns_variable;   // COLUMNS
    std::optional<std::string> no_color_variable;  // NO_COLOR
    std::optional<std::string> term_variable;      // TERM
    ColourChoice colour = ColourChoice::automatic;
};

// COLUMNS, where it is a number, wins over the terminal's own size; a terminal that does not tell
// has 80 columns; anything else has no limit. Colour is for terminals that are not dumb, unless
// NO_COLOR is set and not empty (no-color.org); --colour wins over all of that.
TableStyle table_style(const Output& output);

// Whether lines can be drawn anew where they stand.
bool can_draw_anew(const Output& output);

}  // namespace upkeep::present
