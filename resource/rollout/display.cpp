#include "resource/rollout/display.h"

#include <algorithm>

#include "core/moment.h"
#include "core/text.h"
#include "present/wrap.h"

namespace upkeep::rollout {

namespace {

std::string shown(const std::string& lines) {
    return printable_lines(lines) + "\n";
}

// One that ran before has the age that the two clocks give it; from then on ours counts alone.
Instant start_of(const atc::Build& build, const Clock& clock) {
    const auto age = build.started && build.status != atc::BuildStatus::pending
                         ? clock.now() - Moment(std::chrono::seconds(*build.started))
                         : std::chrono::seconds(0);
    return clock.instant() - std::max(age, std::chrono::seconds(0));
}

}  // namespace

void Log::say(const std::string& lines) {
    const std::lock_guard lock(mutex_);
    write_(shown(lines));
}

void Log::waits_for(const std::string& what) {
    const std::lock_guard lock(mutex_);
    if (!what.empty() && what != waits_for_) {
        write_(shown(what));
    }
    waits_for_ = what;
}

void Log::follows(const atc::Build& build, const std::string& how, const std::string& link) {
    say(build.text() + " " + how + ": " + link);
}

void Board::say(const std::string& lines) {
    const std::lock_guard lock(mutex_);
    draw(shown(lines));
}

void Board::waits_for(const std::string& what) {
    const std::lock_guard lock(mutex_);
    if (what != waits_for_) {
        waits_for_ = what;
        draw("");
    }
}

void Board::follows(const atc::Build& build, const std::string&, const std::string& link) {
    const std::lock_guard lock(mutex_);
    rows_.push_back({build.id, printable(build.text()), build.status != atc::BuildStatus::pending,
                     start_of(build, clock_), printable(link)});
    draw("");
}

void Board::has_started(const atc::Build& build) {
    const std::lock_guard lock(mutex_);
    for (Row& row : rows_) {
        if (row.id == build.id && !row.runs) {
            row.runs = true;
            row.since = clock_.instant();
            draw("");
        }
    }
}

void Board::ended(const atc::Build& build, const std::string& lines) {
    const std::lock_guard lock(mutex_);
    std::erase_if(rows_, [&](const Row& row) { return row.id == build.id; });
    draw(shown(lines));
}

void Board::draw_anew() {
    const std::lock_guard lock(mutex_);
    if (!rows_.empty()) {
        draw("");
    }
}

void Board::close() {
    const std::lock_guard lock(mutex_);
    rows_.clear();
    waits_for_.clear();
    draw("");
}

std::vector<std::string> Board::live() const {
    std::vector<std::string> lengths;
    std::size_t length_width = 0;
    std::size_t name_width = 0;
    for (const Row& row : rows_) {
        lengths.push_back(
            text_of_length(std::chrono::floor<std::chrono::seconds>(clock_.instant() - row.since)));
        length_width = std::max(length_width, display_width(lengths.back()));
        name_width = std::max(name_width, display_width(row.name));
    }
    std::vector<std::string> lines;
    // First: where there are more lines than rows the last are left out.
    if (!waits_for_.empty()) {
        lines.push_back(printable(waits_for_));
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        lines.push_back((rows_[i].runs ? "runs   " : "waits  ") +
                        present::padded(lengths[i], length_width) + "  " +
                        present::padded(rows_[i].name, name_width) + "  " + rows_[i].link);
    }
    return lines;
}

void Board::draw(const std::string& above) {
    write_(lines_.drawn(above, live(), size_()));
}

}  // namespace upkeep::rollout
