#include "player.h"

#include <boost/algorithm/string/predicate.hpp>

namespace standin {

Asked::Asked(const Arrival& arrival) {
    const std::size_t mark = arrival.target.find('?');
    path = arrival.target.substr(0, mark);
    if (mark != std::string::npos) {
        query = parse_form(std::string_view(arrival.target).substr(mark + 1));
    }
}

std::string header_of(const Arrival& arrival, std::string_view name) {
    for (const auto& [own, value] : arrival.headers) {
        if (boost::algorithm::iequals(own, name)) {
            return value;
        }
    }
    return "";
}

std::optional<std::pair<std::string, std::string>> basic_sign_in(const Arrival& arrival) {
    const std::string header = header_of(arrival, "authorization");
    constexpr std::string_view scheme = "basic ";
    if (!boost::algorithm::istarts_with(header, scheme)) {
        return std::nullopt;
    }
    const auto decoded = base64_decoded(std::string_view(header).substr(scheme.size()));
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    return std::pair(decoded->substr(0, colon), decoded->substr(colon + 1));
}

}  // namespace standin
