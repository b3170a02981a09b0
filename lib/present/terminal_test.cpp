#include "present/terminal.h"

#include <doctest/doctest.h>

using namespace upkeep::present;

namespace {

Output terminal(std::size_t columns) {
    Output output;
    output.terminal = true;
    output.columns = columns;
    output.term_variable = "xterm-256color";
    return output;
}

}  // namespace

TEST_CASE("a terminal has its own width and colour") {
    const TableStyle style = table_style(terminal(132));
    CHECK(style.width == 132);
    CHECK(style.colour);
}

TEST_CASE("a file or a pipe has neither") {
    const TableStyle style = table_style(Output{});
    CHECK(style.width == 0);
    CHECK_FALSE(style.colour);
}

TEST_CASE("COLUMNS wins where it is a number") {
    Output output = terminal(132);
    output.columns_variable = "60";
    CHECK(table_style(output).width == 60);
    output.columns_variable = "60 ";
    CHECK(table_style(output).width == 132);
    output.columns_variable = "-1";
    CHECK(table_style(output).width == 132);
    output.columns_variable = "0";
    CHECK(table_style(output).width == 132);
    output.columns_variable = "99999999999999999999999";
    CHECK(table_style(output).width == 132);
    output.columns_variable = "1";
    CHECK(table_style(output).width == table_width_least);
    Output pipe;
    pipe.columns_variable = "100";
    CHECK(table_style(pipe).width == 100);
}

TEST_CASE("a terminal that does not tell its width has 80 columns") {
    Output output = terminal(0);
    CHECK(table_style(output).width == 80);
    output.columns.reset();
    CHECK(table_style(output).width == 80);
}

TEST_CASE("NO_COLOR and a dumb terminal are honoured") {
    Output output = terminal(80);
    output.no_color_variable = "1";
    CHECK_FALSE(table_style(output).colour);
    output.no_color_variable = "";  // no-color.org: only when it is not empty
    CHECK(table_style(output).colour);
    output.term_variable = "dumb";
    CHECK_FALSE(table_style(output).colour);
    output.term_variable.reset();
    CHECK_FALSE(table_style(output).colour);
}

TEST_CASE("lines can be drawn anew on a terminal that is not dumb, with and without colour") {
    Output output = terminal(80);
    output.no_color_variable = "1";
    CHECK(can_draw_anew(output));
    output.term_variable = "dumb";
    CHECK_FALSE(can_draw_anew(output));
    output.term_variable.reset();
    CHECK_FALSE(can_draw_anew(output));
    Output pipe;
    pipe.term_variable = "xterm";
    CHECK_FALSE(can_draw_anew(pipe));
}

TEST_CASE("what the user says wins over everything") {
    Output output = terminal(80);
    output.colour = ColourChoice::never;
    CHECK_FALSE(table_style(output).colour);
    Output pipe;
    pipe.no_color_variable = "1";
    pipe.colour = ColourChoice::always;
    CHECK(table_style(pipe).colour);
}
