#include "bosh/director_info.h"

#include "core/failure.h"
#include "core/json.h"

namespace upkeep::bosh {

namespace {

constexpr const char* advice = "Is it a BOSH director, on the right port (usually 25555)?";

std::optional<std::string> known(std::string text) {
    return text.empty() || text == "-" ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::string> uaa_of(const json::object& info, const std::string& doing) {
    const json::object* sign_in = object_in(info, "user_authentication");
    const std::string type = sign_in == nullptr ? "" : text_in(*sign_in, "type");
    if (type == "basic") {
        return std::nullopt;
    }
    if (type != "uaa") {
        throw Failure(doing, "it does not say how to sign in (user_authentication.type)", advice);
    }
    const json::object* options = object_in(*sign_in, "options");
    const std::string url = options == nullptr ? "" : text_in(*options, "url");
    if (url.empty()) {
        throw Failure(doing, "it signs in by UAA, but does not say where that is", advice);
    }
    return url;
}

}  // namespace

DirectorInfo parse_director_info(std::string_view text, const std::string& place) {
    const std::string doing = "reading " + place;
    const json::value value = parse_json(text, doing, advice);
    const json::object* info = value.if_object();
    if (info == nullptr) {
        throw Failure(doing, "it is " + type_name(value) + ", wanted: an object", advice);
    }
    DirectorInfo result;
    result.name = text_in(*info, "name");
    result.uuid = text_in(*info, "uuid");
    result.cpi = text_in(*info, "cpi");
    result.uaa_url = uaa_of(*info, doing);
    result.stemcell_os = known(text_in(*info, "stemcell_os"));
    result.stemcell_version = known(text_in(*info, "stemcell_version"));
    return result;
}

}  // namespace upkeep::bosh
