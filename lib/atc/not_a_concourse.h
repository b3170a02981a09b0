// What is said where an answer is none of Concourse's, or about something else.
#pragma once

#include <string>

#include "atc/sign_in.h"

namespace upkeep::atc {

inline constexpr const char* not_a_concourse =
    "Is the URL that of a Concourse, and does nothing on the way answer for it?";

// Concourse finds a team whatever the case of its name; lists name it as it is.
inline Refused other_than_asked_for(const std::string& doing, const std::string& what) {
    return {doing, "the answer is about " + what,
            "Write the names as Concourse does, in small and capital letters. Does nothing on the "
            "way answer for it?"};
}

}  // namespace upkeep::atc
