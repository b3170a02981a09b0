// What is said where an answer is none of Concourse's, about something else, or no list.
#pragma once

#include <string>

#include "atc/refused.h"

namespace upkeep::atc {

inline constexpr const char* not_a_concourse =
    "Is the URL that of a Concourse, and does nothing on the way answer for it?";

// It may pass: of a list of builds Concourse answers 404 where its database fails, or is too slow
// (list_builds.go), too.
inline Failure no_list(const std::string& doing, const std::string& question) {
    return {doing, "the server answered 404",
            question +
                "Concourse says so where its database is too slow, too: its log has "
                "\"failed-to-get\"."};
}

// Concourse finds a team whatever the case of its name; lists name it as it is.
inline Refused other_than_asked_for(const std::string& doing, const std::string& what) {
    return {doing, "the answer is about " + what,
            "Write the names as Concourse does, in small and capital letters. Does nothing on the "
            "way answer for it?"};
}

}  // namespace upkeep::atc
