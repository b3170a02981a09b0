#include "resource/stemcell/deployed.h"

#include <variant>

#include "core/failure.h"
#include "core/limits.h"
#include "net/http.h"
#include "system/files.h"
#include "system/standard_streams.h"

namespace upkeep::stemcell {

namespace {

constexpr const char* not_a_list =
    "Is the URL right? It has to answer with a director's GET /deployments, or with the output of "
    "bosh deployments --json.";

Deployed from_file(const std::string& path, World& world) {
    if (is_standard_input(path)) {
        const std::string place = "standard input";
        if (!world.standard_input) {
            throw Failure("reading the deployments from " + place, "no source may take it",
                          "Name a file, or say --deployments - without --source.");
        }
        return {bosh::parse_deployments(*world.standard_input, place), place, ""};
    }
    const std::string text =
        read_file(path, limits::document_bytes, "reading the deployments from " + path, world.stop);
    return {bosh::parse_deployments(text, path), path, ""};
}

Deployed from_url(const Endpoint& endpoint, World& world) {
    HttpRequest request;
    request.endpoint = &endpoint;
    const std::string place = request.url().shown();
    return {bosh::parse_deployments(get_body(world.http, request), place, not_a_list), place,
            endpoint.username.value_or("")};
}

}  // namespace

Deployed get_deployed(bosh::Director& director) {
    bosh::ListedDeployments listed;
    listed.all = director.deployments();
    return {std::move(listed), director.deployments_place(), director.identity()};
}

Deployed get_deployed(const DeploymentsPlace& place, World& world) {
    if (const auto* endpoint = std::get_if<Endpoint>(&place)) {
        return from_url(*endpoint, world);
    }
    return from_file(std::get<std::string>(place), world);
}

}  // namespace upkeep::stemcell
