// The body of a form: application/x-www-form-urlencoded.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace upkeep {

// "grant_type=password&username=..."
std::string encoded_form(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace upkeep
