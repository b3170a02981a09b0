#include "present/live_lines.h"

#include <doctest/doctest.h>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

using upkeep::present::LiveLines;
using upkeep::present::Screen;
using Lines = std::vector<std::string>;

namespace {

// As much of a terminal as is drawn with, in ASCII: rows without end, of which the last
// `screen.rows` can be reached, and wrapping that can be turned off.
class Terminal {
  public:
    explicit Terminal(Screen screen) : screen_(screen) {}

    void take(std::string_view text) {
        while (!text.empty()) {
            if (text.starts_with("\x1b[")) {
                text.remove_prefix(take_sequence(text));
                continue;
            }
            take(text.front());
            text.remove_prefix(1);
        }
    }

    // Without blanks at the ends of lines, and without the cursor's own, empty row.
    Lines shown() const {
        REQUIRE(row_ + 1 == rows_.size());
        REQUIRE(rows_.back().empty());
        return {rows_.begin(), rows_.end() - 1};
    }

  private:
    void take(char c) {
        if (c == '\n') {
            column_ = 0;
            down();
        } else if (c == '\r') {
            column_ = 0;
        } else {
            if (column_ == screen_.columns && wraps_) {
                column_ = 0;
                down();
            }
            column_ = std::min(column_, screen_.columns - 1);
            std::string& row = rows_[row_];
            row.resize(std::max(row.size(), column_ + 1), ' ');
            row[column_++] = c;
        }
    }

    std::size_t take_sequence(std::string_view text) {
        const std::size_t end = text.find_first_of("AJhl");
        const std::string_view sequence = text.substr(2, end - 1);
        if (sequence.ends_with('A')) {
            std::size_t up = 0;
            std::from_chars(sequence.data(), sequence.data() + sequence.size(), up);
            const std::size_t top = rows_.size() - std::min(rows_.size(), screen_.rows);
            row_ = std::max(top, row_ - std::min(row_, up));
        } else if (sequence == "J") {
            rows_.resize(row_ + 1);
            rows_[row_].resize(std::min(rows_[row_].size(), column_));
        } else {
            REQUIRE((sequence == "?7l" || sequence == "?7h"));
            wraps_ = sequence == "?7h";
        }
        return end + 1;
    }

    void down() {
        if (++row_ == rows_.size()) {
            rows_.emplace_back();
        }
    }

    Screen screen_;
    Lines rows_{""};
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    bool wraps_ = true;
};

}  // namespace

TEST_CASE("live lines are drawn anew in their place, below what stays") {
    Terminal terminal({20, 10});
    LiveLines lines;
    terminal.take(lines.drawn("begin\n", {"a 1 s", "b 1 s"}, {20, 10}));
    CHECK(terminal.shown() == Lines{"begin", "a 1 s", "b 1 s"});
    terminal.take(lines.drawn("", {"a 2 s", "b 2 s"}, {20, 10}));
    CHECK(terminal.shown() == Lines{"begin", "a 2 s", "b 2 s"});
    terminal.take(lines.drawn("a has ended\n", {"b 3 s"}, {20, 10}));
    CHECK(terminal.shown() == Lines{"begin", "a has ended", "b 3 s"});
    terminal.take(lines.drawn("b has ended\n", {}, {20, 10}));
    CHECK(terminal.shown() == Lines{"begin", "a has ended", "b has ended"});
}

TEST_CASE("live lines: what stays may be longer than a row, what is drawn anew is cut") {
    Terminal terminal({10, 5});
    LiveLines lines;
    const std::string at_first = lines.drawn("", {"exactly 10", "12345678901"}, {10, 5});
    CHECK(at_first.find("exactly 10\n") != std::string::npos);
    CHECK(at_first.find("123456789…\n") != std::string::npos);
    terminal.take(lines.drawn("it is longer than a row\n", {"exactly 10"}, {10, 5}));
    CHECK(terminal.shown() == Lines{"it is long", "er than a ", "row", "exactly 10"});
}

TEST_CASE("live lines: a terminal that is narrower than was thought shows one row a line") {
    Terminal terminal({5, 10});
    LiveLines lines;
    terminal.take(lines.drawn("", {"1234567", "b"}, {80, 10}));
    terminal.take(lines.drawn("", {"12", "b"}, {5, 10}));
    CHECK(terminal.shown() == Lines{"12", "b"});
}

TEST_CASE("live lines: more of them than rows") {
    Terminal terminal({20, 4});
    LiveLines lines;
    const Lines five{"a", "b", "c", "d", "e"};
    terminal.take(lines.drawn("above\n", five, {20, 4}));
    CHECK(terminal.shown() == Lines{"above", "a", "b", "and 3 more"});
    terminal.take(lines.drawn("", five, {20, 4}));
    CHECK(terminal.shown() == Lines{"above", "a", "b", "and 3 more"});
    terminal.take(lines.drawn("", {"a", "b", "c"}, {20, 4}));
    CHECK(terminal.shown() == Lines{"above", "a", "b", "c"});
    terminal.take(lines.drawn("", five, {20, 1}));
    CHECK(terminal.shown() == Lines{"above", "and 5 more"});
}

TEST_CASE("live lines: a terminal that does not tell its size has 24 rows of 80 columns") {
    LiveLines lines;
    const std::string text = lines.drawn("", Lines(30, std::string(81, 'x')), {});
    CHECK(text.find("\n" + std::string(79, 'x') + "…\n") != std::string::npos);
    CHECK(text.find("and 8 more\n") != std::string::npos);
}
