// What a Concourse's answers have in common.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "player.h"

namespace standin {

Reply concourse_says(unsigned status, std::string body);
Reply concourse_json(unsigned status, const boost::json::value& body);

// /api/v1/teams/main as api, v1, teams, main, each decoded.
std::vector<std::string> parts_of(std::string_view path);
// https://HOST, as the client has it.
std::string origin_of(const Arrival& arrival);

}  // namespace standin
