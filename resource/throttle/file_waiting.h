// How a command waits for its place in the line of a file.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "resource/throttle/ticket_notes.h"
#include "system/clock.h"
#include "system/ticket_file.h"

namespace upkeep::throttle {

struct FileSettings {
    std::string path;
    std::size_t limit = 0;
    std::optional<std::chrono::seconds> longest_wait;
    TicketNote own;  // but for the number of its ticket and the time, which are filled in
};

struct FileWaiter {
    const Clock& clock;
    const Stop& stop;
    std::function<void(const std::string& line)> say;
};

// Returns when it has its place, which it holds for as long as any process has the descriptor of
// the ticket open. Throws Failure where the file does not serve, or when longest_wait is over;
// Stopped.
TicketFile wait_in_file(const FileSettings& settings, const FileWaiter& waiter);

}  // namespace upkeep::throttle
