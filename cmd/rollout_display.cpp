#include "cmd/rollout_display.h"

#include <unistd.h>

#include <chrono>
#include <exception>

#include "present/terminal.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

constexpr std::chrono::seconds between_drawings{1};

present::Screen screen() {
    const TerminalSize size = terminal_size(STDERR_FILENO);
    return {size.columns, size.rows};
}

// A task of Concourse has a terminal too, and its output becomes a log.
bool is_looked_at(const World& world) {
    present::Output output;
    output.terminal = is_terminal(STDERR_FILENO);
    output.term_variable = world.environment.get("TERM");
    return present::can_draw_anew(output) && !world.environment.get("ATC_EXTERNAL_URL");
}

void draw_each_second(rollout::Board& board, const Clock& clock, const Stop& closed) {
    try {
        while (true) {
            clock.wait(clock.instant() + between_drawings, closed);
            board.draw_anew();
        }
    } catch (const std::exception&) {  // Stopped; and nothing else is worth the rollout
    }
}

}  // namespace

RolloutDisplay::RolloutDisplay(const World& world) : log_(print_error) {
    if (is_looked_at(world)) {
        board_.emplace(print_error, screen, world.clock);
        drawing_ =
            std::jthread([this, &world] { draw_each_second(*board_, world.clock, closed_); });
    }
}

RolloutDisplay::~RolloutDisplay() {
    if (board_) {
        closed_.request();
        drawing_.join();
        board_->close();
    }
}

rollout::Display& RolloutDisplay::operator*() {
    if (board_) {
        return *board_;
    }
    return log_;
}

}  // namespace upkeep
