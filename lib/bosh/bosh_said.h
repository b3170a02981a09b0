// What a bosh or a director that failed has said, as a Failure with what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "core/failure.h"

namespace upkeep::bosh {

// `said` is what was printed, on any number of lines; greetings ("Using environment ...") and "Exit
// code 1" are left out of the message, as are names and passwords within URLs.
Failure bosh_failure(const std::string& doing, std::string_view said);

// Whether a line says that bosh failed: "Exit code 1".
bool is_exit_line(std::string_view line);

// Whether a line is one that bosh prints around its answer: "Using environment ...", "Succeeded".
bool is_greeting(std::string_view line);

}  // namespace upkeep::bosh
