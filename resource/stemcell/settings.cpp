#include "resource/stemcell/settings.h"

#include <utility>
#include <vector>

namespace upkeep::stemcell {

namespace {

constexpr const char* director_instead =
    "Give director instead of deployments_file or deployments_url, or leave it out.";
constexpr EndpointShape director_shape{true, bosh::director_port};

DeploymentsPlace the_one(Fields& source, std::vector<DeploymentsPlace> places) {
    if (places.empty()) {
        throw source.wrong(
            "director", "it is missing, and deployments_file and deployments_url too",
            "Say where the deployments are. By hand: BOSH_ENVIRONMENT or --director, "
            "--deployments FILE, --deployments-url URL, or --source FILE.");
    }
    if (places.size() > 1) {
        throw source.wrong("director",
                           "more than one of director, deployments_file and deployments_url is "
                           "given",
                           "Say once where the deployments are.");
    }
    return std::move(places.front());
}

std::optional<std::string> read_file_name(Fields& source) {
    auto file = source.text("deployments_file");
    if (file && may_be_meant_as_url(*file)) {
        // Not quoted: it may hold a password.
        throw source.wrong("deployments_file", "it looks like a URL",
                           "A URL is given as deployments_url (--deployments-url).");
    }
    return file;
}

}  // namespace

Settings read_settings(Fields& source, const std::string& environment,
                       const EndpointDefaults& defaults) {
    Settings settings;
    settings.environment = environment;
    std::vector<DeploymentsPlace> places;
    if (auto file = read_file_name(source)) {
        places.emplace_back(std::move(*file));
    }
    if (auto url = read_endpoint(source, "deployments_url", defaults)) {
        places.emplace_back(std::move(*url));
    }
    if (auto director = read_endpoint(source, "director", defaults, director_shape)) {
        places.emplace_back(DirectorPlace{std::move(*director)});
    }
    settings.published = read_published_place(source, defaults);
    if (const auto variant = source.choice("variant", {"light", "regular"})) {
        settings.variant = *variant == 0 ? Variant::light : Variant::regular;
    }
    settings.selected = source.globs("deployments").value_or(GlobList());
    settings.hold_locked = source.choice("while_locked", {"wait", "report"}).value_or(0) == 0;
    settings.confirm_vms = source.truth("confirm_vms").value_or(false);
    const auto own_vm = source.truth("own_vm");
    settings.own_vm = own_vm.value_or(true);
    // Before what is missing, because a misspelt key is why it is.
    source.refuse_the_rest();
    settings.deployments = the_one(source, std::move(places));
    const bool has_director = std::holds_alternative<DirectorPlace>(settings.deployments);
    if (settings.confirm_vms && !has_director) {
        throw source.wrong("confirm_vms", "only a director can be asked for its VMs",
                           director_instead);
    }
    if (own_vm == true && !has_director) {
        throw source.wrong("own_vm", "only a director tells which stemcell is its own",
                           director_instead);
    }
    return settings;
}

}  // namespace upkeep::stemcell
