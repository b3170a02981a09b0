#include "tests/throttle_model/state.h"

#include <algorithm>
#include <string_view>

namespace throttle_model {

namespace {

constexpr unsigned bits_a_build = 15;
constexpr std::array<std::string_view, 8> names{"pending", "starting", "outside", "settling",
                                                "reading", "waiting",  "past",    "ended"};

// Takes apart what `detail_of` has put together.
void read_detail(BuildState& build, Index own, unsigned detail) {
    if (build.phase == Phase::settling) {
        build.left = static_cast<std::uint8_t>(detail);
    } else if (build.phase == Phase::reading) {
        build.seen = static_cast<std::uint8_t>(detail);
    } else if (build.phase == Phase::waiting) {
        build.asked = static_cast<std::uint8_t>(detail & 3U);
        for (Index& ahead : build.ahead) {
            detail >>= 2U;
            if ((detail & 3U) == own) {
                return;
            }
            ahead = static_cast<Index>(detail & 3U);
            ++build.ahead_size;
        }
    }
}

// The own index ends the list of those ahead.
unsigned detail_of(const BuildState& build, Index own) {
    if (build.phase != Phase::waiting) {
        return build.phase == Phase::settling  ? build.left
               : build.phase == Phase::reading ? build.seen
                                               : 0U;
    }
    unsigned detail = 0;
    for (std::size_t i = build.ahead.size(); i-- > 0;) {
        detail = detail << 2U | (i < build.ahead_size ? build.ahead[i] : own);
    }
    return detail << 2U | build.asked;
}

bool has_started(Phase phase) {
    return phase != Phase::pending && phase != Phase::ended;
}

}  // namespace

State::State(Packed packed, std::size_t builds) : size_(builds) {
    for (std::size_t i = 0; i < size_; ++i) {
        BuildState& build = builds_[i];
        build.phase = static_cast<Phase>(packed & 7U);
        build.age = static_cast<std::uint8_t>(packed >> 3U & 7U);
        build.admitted = (packed >> 6U & 1U) != 0;
        read_detail(build, static_cast<Index>(i), static_cast<unsigned>(packed >> 7U & 255U));
        packed >>= bits_a_build;
    }
}

// How old each is: 0 within this second, else 1, 2, ... by order. So is what starts in this second
// told from all else, and what started in the one before, while one of that is not committed.
std::array<std::uint8_t, most_builds> State::ages_in_order() const {
    unsigned read = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        read |= builds_[i].phase == Phase::reading ? builds_[i].seen : 0U;
    }
    std::array<std::uint8_t, most_builds> ages{};
    for (std::size_t i = 0; i < size_; ++i) {
        const bool known = has_started(builds_[i].phase) || (read >> i & 1U) != 0;
        ages[i] = known ? builds_[i].age : 0;
    }
    std::array<std::uint8_t, most_builds> sorted = ages;
    std::sort(sorted.begin(), sorted.end());
    auto* const end = std::unique(sorted.begin(), sorted.end());
    const bool any_now = sorted.front() == 0;
    for (std::uint8_t& age : ages) {
        const auto place = std::find(sorted.begin(), end, age) - sorted.begin();
        age = static_cast<std::uint8_t>(place + (any_now ? 0 : 1));
    }
    return ages;
}

Packed State::pack() const {
    const auto ages = ages_in_order();
    Packed packed = 0;
    for (std::size_t i = size_; i-- > 0;) {
        const BuildState& build = builds_[i];
        packed = packed << bits_a_build | Packed{detail_of(build, static_cast<Index>(i))} << 7U |
                 Packed{build.admitted} << 6U | Packed{ages[i]} << 3U |
                 static_cast<Packed>(build.phase);
    }
    return packed;
}

bool State::runs(std::size_t i) const {
    return has_started(builds_[i].phase) && builds_[i].phase != Phase::starting;
}

bool State::waits(std::size_t i) const {
    const Phase phase = builds_[i].phase;
    return phase == Phase::settling || phase == Phase::reading || phase == Phase::waiting;
}

bool State::before(std::size_t a, std::size_t b) const {
    return builds_[a].age > builds_[b].age || (builds_[a].age == builds_[b].age && a < b);
}

std::size_t State::running_before(std::size_t i) const {
    std::size_t count = 0;
    for (std::size_t other = 0; other < size_; ++other) {
        count += other != i && runs(other) && before(other, i) ? 1U : 0U;
    }
    return count;
}

bool State::any_starting() const {
    return std::any_of(builds_.begin(), builds_.end(),
                       [](const BuildState& build) { return build.phase == Phase::starting; });
}

std::string State::text() const {
    std::string text;
    for (std::size_t i = 0; i < size_; ++i) {
        const BuildState& build = builds_[i];
        text += (i == 0 ? "" : ", ") + std::to_string(i + 1) + " " +
                std::string(names.at(static_cast<std::size_t>(build.phase)));
        for (std::size_t place = 0; place < build.ahead_size; ++place) {
            text += (place == 0 ? " behind " : " and ") + std::to_string(build.ahead[place] + 1);
        }
    }
    return text;
}

}  // namespace throttle_model
