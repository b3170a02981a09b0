// Anything as the answer of GET /info: a Failure or facts that, written as a director would, are
// read as themselves.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <tuple>

#include "bosh/director_info.h"
#include "core/failure.h"
#include "core/json.h"

namespace {

namespace json = boost::json;

using upkeep::bosh::DirectorInfo;
using upkeep::bosh::parse_director_info;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

std::string written(const DirectorInfo& info) {
    json::object sign_in{{"type", info.uaa_url ? "uaa" : "basic"}};
    if (info.uaa_url) {
        sign_in["options"] = json::object{{"url", *info.uaa_url}};
    }
    return upkeep::to_line(json::object{{"name", info.name},
                                        {"uuid", info.uuid},
                                        {"cpi", info.cpi},
                                        {"user_authentication", std::move(sign_in)},
                                        {"stemcell_os", info.stemcell_os.value_or("-")},
                                        {"stemcell_version", info.stemcell_version.value_or("-")}});
}

auto parts(const DirectorInfo& info) {
    return std::tie(info.name, info.uuid, info.cpi, info.uaa_url, info.stemcell_os,
                    info.stemcell_version);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    DirectorInfo info;
    try {
        info = parse_director_info({reinterpret_cast<const char*>(data), size}, "it");
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty() && !failure.advice().empty(),
                "a failure says why, and what to do");
        return 0;
    }
    require(!info.uaa_url || !info.uaa_url->empty(), "a UAA has a URL");
    try {
        require(parts(parse_director_info(written(info), "again")) == parts(info),
                "reading is stable");
    } catch (const upkeep::Failure& failure) {
        throw std::logic_error(failure.what());
    }
    return 0;
}
