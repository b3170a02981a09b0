#include "resource/throttle/ticket_line.h"

#include <algorithm>
#include <iterator>

namespace upkeep::throttle {

TicketLine::TicketLine(const std::vector<std::int64_t>& held, std::int64_t own, std::size_t limit)
    : limit_(limit), all_(held.size()) {
    std::copy_if(held.begin(), held.end(), std::back_inserter(ahead_),
                 [&](std::int64_t ticket) { return ticket < own; });
}

bool TicketLine::ask(const std::function<bool(std::int64_t)>& is_held) {
    const std::size_t before = ahead_.size();
    std::size_t asked = 0;
    while (asked < limit_ && asked < ahead_.size()) {
        if (is_held(ahead_[asked])) {
            ++asked;
        } else {
            ahead_.erase(ahead_.begin() + static_cast<std::ptrdiff_t>(asked));
        }
    }
    return ahead_.size() < before;
}

}  // namespace upkeep::throttle
