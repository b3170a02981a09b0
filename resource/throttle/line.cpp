#include "resource/throttle/line.h"

#include <algorithm>
#include <utility>

namespace upkeep::throttle {

std::vector<atc::Build> ahead_of(atc::Rank mine, std::vector<atc::Build> running) {
    std::erase_if(running, [&](const atc::Build& build) { return atc::rank_of(build) >= mine; });
    std::sort(running.begin(), running.end(), [](const atc::Build& a, const atc::Build& b) {
        return atc::rank_of(a) < atc::rank_of(b);
    });
    return running;
}

const atc::Build* Line::next_to_ask() const {
    return asked_ < limit_ && asked_ < ahead_.size() ? &ahead_[asked_] : nullptr;
}

void Line::has_ended() {
    ahead_.erase(ahead_.begin() + static_cast<std::ptrdiff_t>(asked_));
}

std::size_t Line::turn() const {
    return limit_ == 0 ? 1 : std::max<std::size_t>(1, ahead_.size() / limit_);
}

}  // namespace upkeep::throttle
