// Anything as BOSH_ALL_PROXY (the first line), and as the bosh CLI's config (the others): a block
// for a director, whose endpoint is read or refused, or a Failure.
#include "bosh/cli_environment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "core/failure.h"
#include "core/fields.h"
#include "net/endpoint.h"

namespace {

namespace json = boost::json;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

void read(const json::object& director) {
    for (const auto& [key, value] : director) {
        require(value.is_string(), "all of it is text");
    }
    const json::object source{{"director", director}};
    upkeep::read_strictly(source, "source", [&](upkeep::Fields& fields) {
        const upkeep::EndpointShape shape{.clients = true, .port = "25555"};
        require(upkeep::read_endpoint(fields, "director", {}, shape).has_value(),
                "there is a director");
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string config = text.substr(std::min(end + 1, text.size()));
    const upkeep::Environment environment({{"HOME", "/me"},
                                           {"BOSH_ALL_PROXY", text.substr(0, end)},
                                           {"BOSH_ENVIRONMENT", "staging"}});
    try {
        const auto director = upkeep::bosh::cli_director(
            std::nullopt, environment, [&](const std::string& path) -> std::optional<std::string> {
                return path == "/me/none" ? std::nullopt : std::optional(config);
            });
        require(director.has_value(), "there is one, since it was named");
        read(director->block);
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
    }
    return 0;
}
