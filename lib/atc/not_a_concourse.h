// The advice where an answer is none of Concourse's.
#pragma once

namespace upkeep::atc {

inline constexpr const char* not_a_concourse =
    "Is the URL that of a Concourse, and does nothing on the way answer for it?";

}  // namespace upkeep::atc
