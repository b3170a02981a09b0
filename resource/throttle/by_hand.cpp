#include "resource/throttle/by_hand.h"

#include <utility>

#include "atc/fly_targets.h"
#include "core/failure.h"
#include "core/limits.h"
#include "resource/source_file.h"
#include "system/files.h"

namespace upkeep::throttle {

namespace {

// Where fly itself looks for it.
std::string flyrc_path(const Environment& environment) {
    const std::string home = environment.get("HOME").value_or("");
    return environment.get("FLY_HOME").value_or(home) + "/.flyrc";
}

json::object target_block(const GroupOptions& options, World& world) {
    const std::string& target = options.target;
    if (!options.concourse.empty()) {
        throw Failure("--target " + target, "--concourse is given too",
                      "fly's target has its own URL: give one of the two.");
    }
    const std::string path = flyrc_path(world.environment);
    if (!exists(path)) {
        throw Failure("looking for fly's target " + target, "there is no file " + path,
                      "fly -t " + target + " login -c URL writes it.");
    }
    return atc::fly_target(
        target, read_file(path, limits::source_bytes, "reading " + path, world.stop), path);
}

// A sign-in goes to the Concourse that it was given with.
void refuse_two_places(const json::object& block, const GroupOptions& options,
                       const Environment& environment) {
    const std::string of_file = text_in(block, "url");
    const bool signs_in = block.contains("username") || block.contains("token");
    const std::string other = !options.concourse.empty() ? options.concourse
                              : signs_in                 ? ""
                                         : environment.get("CONCOURSE_URL").value_or("");
    if (!of_file.empty() && !other.empty() && of_file != other) {
        throw Failure("finding the Concourse",
                      source_file_name(options.file) + " names one, and " +
                          (options.concourse.empty() ? "CONCOURSE_URL" : "--concourse") +
                          " another",
                      "A sign-in must not go to a Concourse that it was not meant for: leave one "
                      "of the two out.");
    }
}

// The file's block, completed by what the environment says where it is silent.
json::object block_of(const json::object& source, const GroupOptions& options, World& world) {
    if (!options.target.empty()) {
        return target_block(options, world);
    }
    const json::object* given = object_in(source, "concourse");
    json::object block = given == nullptr ? json::object() : *given;
    refuse_two_places(block, options, world.environment);
    const auto add = [&](const char* key, const char* variable) {
        if (const auto value = world.environment.get(variable); value && !block.contains(key)) {
            block[key] = *value;
        }
    };
    if (!block.contains("username") && !block.contains("token")) {
        if (world.environment.get("CONCOURSE_TOKEN")) {
            add("token", "CONCOURSE_TOKEN");
        } else {
            add("username", "CONCOURSE_USERNAME");
        }
    }
    if (block.contains("username")) {
        add("password", "CONCOURSE_PASSWORD");
    }
    if (!options.concourse.empty()) {
        block["url"] = options.concourse;
    }
    add("url", "CONCOURSE_URL");
    add("ca_cert", "CONCOURSE_CA_CERT");
    if (!block.contains("username") && !block.contains("token")) {
        throw Failure("finding out as whom to ask Concourse", "nothing says it",
                      "Give --target, fly's own sign-in, or CONCOURSE_USERNAME and "
                      "CONCOURSE_PASSWORD, or CONCOURSE_TOKEN.");
    }
    if (block.contains("username") && !block.contains("password")) {
        throw Failure("finding out as whom to ask Concourse", "there is a user, but no password",
                      "Set CONCOURSE_PASSWORD, or give the password in the file's `concourse`.");
    }
    if (!block.contains("url") && !world.environment.get("ATC_EXTERNAL_URL")) {
        throw Failure("finding the Concourse", "nothing says where it is",
                      "Give --concourse URL or CONCOURSE_URL, or --target, fly's own sign-in.");
    }
    return block;
}

json::object source_of(const GroupOptions& options, World& world) {
    json::object source =
        options.file.empty() ? json::object() : read_source_file(options.file, world.stop);
    const std::string kind = text_in(source, "kind");
    if (!options.file.empty() && !kind.empty() && kind != "throttle") {
        throw Failure(source_file_name(options.file), "it is the source of a " + kind,
                      "Give that of the throttle.");
    }
    source.erase("kind");
    if (!options.jobs.empty()) {
        source["jobs"] = json::array(options.jobs.begin(), options.jobs.end());
    }
    if (!options.freeze.empty()) {
        source["freeze"] = options.freeze;
    }
    if (!options.longest_build.empty()) {
        source["longest_build"] = options.longest_build;
    }
    source["concourse"] = block_of(source, options, world);
    return source;
}

}  // namespace

GroupByHand read_group_by_hand(const GroupOptions& options, World& world) {
    const std::string path =
        options.file.empty() ? "options" : source_file_name(options.file) + ": source";
    return read_strictly(source_of(options, world), path, [&](Fields& fields) {
        GroupByHand read;
        read.limit = fields.number("limit", 0, largest_limit);
        if (options.limit) {
            read.limit = options.limit;
        }
        read_waiting(fields);  // of a throttle's put alone, but checked all the same
        read.group = read_group(fields, read_endpoint_defaults(fields));
        return read;
    });
}

}  // namespace upkeep::throttle
