#include "resource/throttle/by_hand.h"

#include <map>
#include <stdexcept>
#include <utility>

#include "atc/fly_targets.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "net/url.h"
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

bool signs_in(const json::object& block) {
    return block.contains("username") || block.contains("token");
}

// The file's, where a text is a URL. Who stands in a URL signs in.
json::object block_of_file(const json::object& source, const std::string& file) {
    const json::value* given = source.if_contains("concourse");
    json::object block;
    if (given != nullptr && given->is_string()) {
        block["url"] = *given;
    } else if (given != nullptr && given->is_object()) {
        block = given->get_object();
    } else if (given != nullptr && !given->is_null()) {
        throw Failure(file + ": source.concourse",
                      "it is " + type_name(*given) + ", wanted: an object");
    }
    try {
        const Url url = parse_url(text_in(block, "url"));
        block["url"] = url.text();
        if (url.username && !signs_in(block)) {
            block["username"] = *url.username;
            if (url.password) {
                block["password"] = url.password->reveal();
            }
        }
    } catch (const std::invalid_argument&) {
        // said where the block is read
    }
    return block;
}

struct Named {
    std::string by;
    std::string url;
};

// As it is compared: https://ci and https://CI:443/ are the same. Throws Failure for what is no
// URL.
std::string normal(const Named& place) {
    try {
        Url parsed = parse_url(place.url);
        parsed.host = in_small_letters(parsed.host);
        return parsed.text();
    } catch (const std::invalid_argument& error) {
        throw Failure(place.by, error.what());
    }
}

// A sign-in goes to the Concourse that it was given with.
void refuse_two_places(const Named& one, const Named& other) {
    if (!one.url.empty() && !other.url.empty() && normal(one) != normal(other)) {
        throw Failure("finding the Concourse", one.by + " names one, and " + other.by + " another",
                      "A sign-in must not go to a Concourse that it was not meant for: leave one "
                      "of the two out.");
    }
}

void require_sign_in(const json::object& block, const Environment& environment) {
    if (!signs_in(block)) {
        throw Failure("finding out as whom to ask Concourse", "nothing says it",
                      "Give --target, fly's own sign-in, or CONCOURSE_USERNAME and "
                      "CONCOURSE_PASSWORD, or CONCOURSE_TOKEN.");
    }
    if (block.contains("username") && !block.contains("password")) {
        throw Failure("finding out as whom to ask Concourse", "there is a user, but no password",
                      "Set CONCOURSE_PASSWORD, or give the password in the file's `concourse`.");
    }
    if (!block.contains("url") && !environment.get("ATC_EXTERNAL_URL")) {
        throw Failure("finding the Concourse", "nothing says where it is",
                      "Give --concourse URL or CONCOURSE_URL, or --target, fly's own sign-in.");
    }
}

// A source, and by what a person has given parts of it: "concourse.ca_cert" by CONCOURSE_CA_CERT.
struct Given {
    json::object source;
    std::map<std::string, std::string> names;
};

// The file's block, completed by what the environment says where it is silent.
json::object block_of(const json::object& source, const GroupOptions& options, World& world,
                      std::map<std::string, std::string>& names) {
    const Environment& environment = world.environment;
    const std::string file = source_file_name(options.file);
    json::object block = block_of_file(source, file);
    const Named by_file{file, text_in(block, "url")};
    if (!options.target.empty()) {
        json::object target = target_block(options, world);
        // A ((variable)), which only a pipeline fills in, names none.
        if (by_file.url.find("((") == std::string::npos) {
            refuse_two_places(by_file, {"--target " + options.target, text_in(target, "url")});
        }
        return target;
    }
    refuse_two_places(by_file, {"--concourse", options.concourse});
    const auto add = [&](const char* key, const char* variable) {
        const auto value = environment.get(variable);
        const bool is_silent = value && !block.contains(key);
        if (is_silent) {
            block[key] = *value;
            names[std::string("concourse.") + key] = variable;
        }
        return is_silent;
    };
    bool signs_in_by_environment = false;
    if (!signs_in(block)) {
        signs_in_by_environment = environment.get("CONCOURSE_TOKEN")
                                      ? add("token", "CONCOURSE_TOKEN")
                                      : add("username", "CONCOURSE_USERNAME");
    }
    if (block.contains("username") && add("password", "CONCOURSE_PASSWORD")) {
        signs_in_by_environment = true;
    }
    if (signs_in_by_environment) {
        const Named by_environment{"CONCOURSE_URL", environment.get("CONCOURSE_URL").value_or("")};
        refuse_two_places(by_file, by_environment);
        refuse_two_places({"--concourse", options.concourse}, by_environment);
    }
    if (!options.concourse.empty()) {
        block["url"] = options.concourse;
        names["concourse.url"] = "--concourse";
    }
    add("url", "CONCOURSE_URL");
    add("ca_cert", "CONCOURSE_CA_CERT");
    require_sign_in(block, environment);
    return block;
}

Given read_given(const GroupOptions& options, World& world) {
    Given given;
    json::object& source = given.source;
    if (!options.file.empty()) {
        // fly's own sign-in is instead of the one that a pipeline's variables fill in.
        source =
            read_source_file(options.file, world.stop, options.target.empty() ? "" : "concourse");
    }
    const std::string kind = text_in(source, "kind");
    if (!options.file.empty() && !kind.empty() && kind != "throttle") {
        throw Failure(source_file_name(options.file), "it is the source of a " + kind,
                      "Give that of the throttle.");
    }
    source.erase("kind");
    if (!options.jobs.empty()) {
        const auto patterns = atc::separate_patterns(options.jobs);
        source["jobs"] = json::array(patterns.begin(), patterns.end());
        given.names["jobs"] = options.jobs_option;
    }
    const auto add = [&](const std::string& key, const char* option, const std::string& text) {
        if (!text.empty()) {
            source[key] = text;
            given.names[key] = option + (" " + quoted(text));
        }
    };
    add("freeze", "--freeze", options.freeze);
    add("longest_build", "--longest-build", options.longest_build);
    source["concourse"] = block_of(source, options, world, given.names);
    return given;
}

// What is wrong with a key, by the name that the person knows.
Failure by_name(const Failure& failure, const std::string& path, const Given& given) {
    const std::string key =
        failure.doing().starts_with(path + ".") ? failure.doing().substr(path.size() + 1) : "";
    const auto name = given.names.find(key.substr(0, key.find('[')));
    return name == given.names.end() ? failure
                                     : Failure(name->second, failure.why(), failure.advice());
}

}  // namespace

GroupByHand read_group_by_hand(const GroupOptions& options, World& world) {
    const std::string path =
        options.file.empty() ? "options" : source_file_name(options.file) + ": source";
    const Given given = read_given(options, world);
    try {
        return read_strictly(given.source, path, [&](Fields& fields) {
            GroupByHand read;
            read.limit = fields.number("limit", 0, largest_limit);
            read.group_limit = read.limit;
            if (options.limit) {
                read.limit = options.limit;
            }
            read_waiting(fields);  // of a throttle's put alone, but checked all the same
            read.group = read_group(fields, read_endpoint_defaults(fields));
            return read;
        });
    } catch (const Failure& failure) {
        throw by_name(failure, path, given);
    }
}

}  // namespace upkeep::throttle
