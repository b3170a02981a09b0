#include "resource/throttle/throttle.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/text.h"
#include "net/url.h"
#include "resource/throttle/settings.h"
#include "resource/throttle/waiting.h"
#include "system/standard_streams.h"

namespace upkeep::throttle {

namespace {

// The stricter of the step's and the source's: whoever lowers the source's in an incident means all
// steps.
std::int64_t read_limit(const json::object& params, std::int64_t limit) {
    return read_strictly(params, "params", [&](Fields& fields) {
        return std::min(limit, fields.number("limit", 0, largest_limit).value_or(limit));
    });
}

atc::BuildId own_build(const Environment& environment) {
    const std::string text = environment.get("BUILD_ID").value_or("");
    const auto id = whole_number(text);
    if (!id || *id <= 0) {
        throw Failure("finding out which build this is", "BUILD_ID is " + quoted(text),
                      "Concourse sets it for put. By hand: upkeep throttle run, or upkeep throttle "
                      "status.");
    }
    return *id;
}

// The source may name the one by which the workers reach it.
std::optional<Url> url_for_people(const Environment& environment) {
    const auto text = environment.get("ATC_EXTERNAL_URL");
    if (!text) {
        return std::nullopt;
    }
    try {
        Url url = parse_url(*text);
        url.username.reset();
        url.password.reset();
        return url;
    } catch (const std::invalid_argument&) {
        return std::nullopt;  // then links lead to where it was asked
    }
}

class Throttle : public Actor {
  public:
    explicit Throttle(Settings settings) : settings_(std::move(settings)) {}

    PutAnswer put(const json::object& params, World& world) const override {
        const std::int64_t limit = read_limit(params, settings_.limit);
        const atc::BuildId id = own_build(world.environment);
        const Endpoint endpoint = concourse_of(settings_.group.concourse, world.environment);
        atc::Concourse concourse(endpoint, world.http, url_for_people(world.environment));
        const Admitted admitted = wait_for_place(
            settings_, static_cast<std::size_t>(limit), id,
            {concourse, world.clock, world.stop,
             [](const std::string& line) { print_error(printable_lines(line) + "\n"); }});
        return {{{version_field, std::to_string(id)}},
                {{"job", atc::to_text(admitted.build.job)},
                 {"limit", std::to_string(limit)},
                 {"running", std::to_string(admitted.running)},
                 {"waited", text_of_length(admitted.waited)}}};
    }

  private:
    Settings settings_;
};

}  // namespace

std::unique_ptr<Actor> read(Fields& source, const EndpointDefaults& endpoints) {
    return std::make_unique<Throttle>(read_settings(source, endpoints));
}

}  // namespace upkeep::throttle
