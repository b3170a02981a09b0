#include "resource/throttle/settings.h"

#include <stdexcept>
#include <utility>

#include "core/failure.h"

namespace upkeep::throttle {

namespace {

constexpr EndpointShape concourse_shape{.clients = false, .port = {}, .url_may_lack = true};

atc::JobPatterns read_jobs(Fields& source) {
    const std::vector<std::string> texts = source.texts("jobs");
    try {
        return texts.empty() ? atc::JobPatterns() : atc::JobPatterns(texts);
    } catch (const std::invalid_argument& error) {
        throw source.wrong("jobs", error.what());
    }
}

Endpoint read_concourse(Fields& source, const EndpointDefaults& defaults) {
    auto concourse = read_endpoint(source, "concourse", defaults, concourse_shape);
    if (!concourse) {
        throw source.wrong("concourse", "it is missing",
                           "Say as whom: username and password of a local user, or a token.");
    }
    if (!concourse->username && !concourse->token) {
        throw source.wrong("concourse", "it names no user",
                           "Give username and password of a local user, or a token: without one "
                           "private pipelines cannot be seen, and would not count.");
    }
    return std::move(*concourse);
}

std::optional<atc::JobRef> read_freeze(Fields& source) {
    const auto text = source.text("freeze");
    try {
        return text ? std::optional(atc::parse_job(*text)) : std::nullopt;
    } catch (const std::invalid_argument& error) {
        throw source.wrong("freeze", error.what());
    }
}

std::chrono::seconds read_between(Fields& source, std::string_view key, std::chrono::seconds usual,
                                  std::chrono::seconds least, std::chrono::seconds most) {
    const auto given = source.duration(key);
    if (given && (*given < least || *given > most)) {
        throw source.wrong(key, "it is not between " + to_text(least) + " and " + to_text(most));
    }
    return given.value_or(usual);
}

}  // namespace

Group read_group(Fields& source, const EndpointDefaults& defaults) {
    using namespace std::chrono_literals;
    Group group;
    group.jobs = read_jobs(source);
    group.concourse = read_concourse(source, defaults);
    group.longest_build =
        read_between(source, "longest_build", group.longest_build, 1min, std::chrono::days(365));
    group.freeze = read_freeze(source);
    return group;
}

Waiting read_waiting(Fields& source) {
    using namespace std::chrono_literals;
    Waiting waiting;
    waiting.longest_wait = source.duration("longest_wait");
    waiting.settle = read_between(source, "settle", waiting.settle, 2s, 10min);
    return waiting;
}

Settings read_settings(Fields& source, const EndpointDefaults& defaults) {
    Settings settings;
    const auto limit = source.number("limit", 0, largest_limit);
    if (!limit) {
        throw source.wrong("limit", "it is missing", "Say how many may deploy at once: 3.");
    }
    settings.limit = *limit;
    settings.waiting = read_waiting(source);
    settings.group = read_group(source, defaults);
    if (settings.group.jobs.empty()) {
        throw source.wrong("jobs", "it is missing",
                           "Say which jobs count: team/pipeline/job, as in main/*/deploy-*.");
    }
    return settings;
}

Endpoint concourse_of(Endpoint endpoint, const Environment& environment) {
    if (!endpoint.url.host.empty()) {
        return endpoint;
    }
    const auto url = environment.get("ATC_EXTERNAL_URL");
    if (!url) {
        throw Failure("finding the Concourse",
                      "the source has no concourse.url, and "
                      "ATC_EXTERNAL_URL is not set",
                      "Give concourse.url, by which this machine reaches the web nodes.");
    }
    try {
        endpoint.url = parse_url(*url);
    } catch (const std::invalid_argument& error) {
        throw Failure("reading ATC_EXTERNAL_URL", error.what(), "Give concourse.url.");
    }
    return endpoint;
}

}  // namespace upkeep::throttle
