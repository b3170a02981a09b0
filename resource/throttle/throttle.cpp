#include "resource/throttle/throttle.h"

#include <charconv>
#include <string>
#include <utility>

#include "core/text.h"
#include "resource/throttle/settings.h"
#include "resource/throttle/waiting.h"
#include "system/standard_streams.h"

namespace upkeep::throttle {

namespace {

// The limit of this step: that of the source, or a stricter one.
std::int64_t read_limit(const json::object& params, std::int64_t limit) {
    return read_strictly(params, "params", [&](Fields& fields) {
        const auto own = fields.number("limit", 0, largest_limit);
        if (own && *own > limit) {
            throw fields.wrong("limit", "it is more than the source's, " + std::to_string(limit),
                               "A step can be stricter, but not less strict than the others.");
        }
        return own.value_or(limit);
    });
}

atc::BuildId own_build(const Environment& environment) {
    const std::string text = environment.get("BUILD_ID").value_or("");
    atc::BuildId id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size() || id <= 0) {
        throw Failure("finding out which build this is", "BUILD_ID is " + quoted(text),
                      "Concourse sets it for put. By hand: upkeep throttle run, or upkeep throttle "
                      "status.");
    }
    return id;
}

class Throttle : public Actor {
  public:
    explicit Throttle(Settings settings) : settings_(std::move(settings)) {}

    PutAnswer put(const json::object& params, World& world) const override {
        const std::int64_t limit = read_limit(params, settings_.limit);
        const atc::BuildId id = own_build(world.environment);
        const Endpoint endpoint = concourse_of(settings_.group.concourse, world.environment);
        atc::Concourse concourse(endpoint, world.http);
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
