// The tickets ahead of one, and whether it may go on: when fewer than `limit` with a lower number
// are held. Numbers only grow while any is held, so that what is ahead only shrinks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace upkeep::throttle {

class TicketLine {
  public:
    // Of all tickets that are held, the one of its own among them.
    TicketLine(const std::vector<std::int64_t>& held, std::int64_t own, std::size_t limit);

    // Asks for tickets ahead until it knows of `limit` that are held. True if some were not.
    bool ask(const std::function<bool(std::int64_t)>& is_held);

    bool has_place() const { return ahead_.size() < limit_; }
    const std::vector<std::int64_t>& ahead() const { return ahead_; }
    std::size_t all() const { return all_; }  // with those behind
    // How many lots of `limit` have to end before this one's: 1 for the first in line.
    std::size_t turn() const { return ahead_.size() / limit_; }

  private:
    std::vector<std::int64_t> ahead_;  // those after the `limit` first may have ended
    std::size_t limit_;
    std::size_t all_;
};

}  // namespace upkeep::throttle
