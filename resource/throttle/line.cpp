#include "resource/throttle/line.h"

namespace upkeep::throttle {

std::vector<atc::Build> by_rank(std::vector<atc::Build> running) {
    std::sort(running.begin(), running.end(), [](const atc::Build& a, const atc::Build& b) {
        return atc::rank_of(a) < atc::rank_of(b);
    });
    return running;
}

std::vector<atc::Build> ahead_of(atc::Rank mine, std::vector<atc::Build> running) {
    std::erase_if(running, [&](const atc::Build& build) { return !(atc::rank_of(build) < mine); });
    return by_rank(std::move(running));
}

std::vector<Ticket> ahead_of(Ticket mine, std::vector<Ticket> held) {
    std::erase_if(held, [&](Ticket ticket) { return ticket >= mine; });
    return held;
}

}  // namespace upkeep::throttle
