#include "present/terminal.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace upkeep::present {

namespace {

constexpr std::size_t width_usual = 80;

std::optional<std::size_t> positive(const std::optional<std::string>& text) {
    std::size_t number = 0;
    if (!text) {
        return std::nullopt;
    }
    const char* const end = text->data() + text->size();
    const auto [after, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc{} || after != end || number == 0) {
        return std::nullopt;
    }
    return number;
}

std::size_t width_of(const Output& output) {
    if (const auto wanted = positive(output.columns_variable)) {
        return std::max(*wanted, table_width_least);
    }
    if (!output.terminal) {
        return 0;
    }
    return std::max(output.columns.value_or(0) == 0 ? width_usual : *output.columns,
                    table_width_least);
}

bool wants_colour(const Output& output) {
    if (output.colour != ColourChoice::automatic) {
        return output.colour == ColourChoice::always;
    }
    const bool refused = !output.no_color_variable.value_or("").empty();
    return !refused && can_draw_anew(output);
}

}  // namespace

TableStyle table_style(const Output& output) {
    return {width_of(output), wants_colour(output)};
}

bool can_draw_anew(const Output& output) {
    const std::string term = output.term_variable.value_or("");
    return output.terminal && !term.empty() && term != "dumb";
}

}  // namespace upkeep::present
