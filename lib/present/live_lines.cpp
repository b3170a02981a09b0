#include "present/live_lines.h"

#include <algorithm>

#include "core/text.h"

namespace upkeep::present {

namespace {

constexpr std::size_t columns_usual = 80;
constexpr std::size_t rows_usual = 24;

// A terminal may find a character wider than we do, or have become narrower since: what is too long
// must not take a second row, which the next drawing would not know of.
constexpr std::string_view no_wrap = "\x1b[?7l";
constexpr std::string_view wrap = "\x1b[?7h";
constexpr std::string_view erase_below = "\x1b[J";

}  // namespace

std::string LiveLines::drawn(std::string_view above, const std::vector<std::string>& live,
                             Screen screen) {
    const std::size_t columns = screen.columns == 0 ? columns_usual : screen.columns;
    const std::size_t rows = screen.rows == 0 ? rows_usual : screen.rows;
    const std::size_t room = std::max<std::size_t>(rows, 2) - 1;  // the cursor has a row too
    const std::size_t whole = live.size() <= room ? live.size() : room - 1;
    std::string text;
    if (rows_ > 0) {
        text = "\r\x1b[" + std::to_string(rows_) + "A" + std::string(erase_below);
    }
    text += above;
    if (!live.empty()) {
        text += no_wrap;
        for (std::size_t i = 0; i < whole; ++i) {
            text += shortened(live[i], columns) + "\n";
        }
        if (whole < live.size()) {
            text +=
                shortened("and " + std::to_string(live.size() - whole) + " more", columns) + "\n";
        }
        text += wrap;
    }
    rows_ = std::min(live.size(), room);
    return text;
}

}  // namespace upkeep::present
