// What a director tells everybody about itself: GET /info.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bosh/deployment.h"

namespace upkeep::bosh {

struct DirectorInfo {
    std::string name;
    std::string uuid;
    std::string cpi;  // "aws_cpi"; empty where it does not say
    // The UAA that issues its tokens; none: it takes basic authentication.
    std::optional<std::string> uaa_url;
    // The stemcell of its own VM; "-" and absent (before 2018) are both nothing.
    std::optional<std::string> stemcell_os;  // "ubuntu-jammy"
    std::optional<std::string> stemcell_version;
};

// Throws Failure("reading <place>", ...) for what is no director's answer.
DirectorInfo parse_director_info(std::string_view text, const std::string& place);

}  // namespace upkeep::bosh
