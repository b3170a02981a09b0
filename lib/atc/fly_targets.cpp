#include "atc/fly_targets.h"

#include <vector>

#include "core/failure.h"
#include "core/fields.h"
#include "core/text.h"
#include "core/yaml.h"

namespace upkeep::atc {

namespace {

const json::object& targets_of(const json::value& flyrc, const std::string& doing) {
    const json::object* object = flyrc.if_object();
    const json::object* targets = object == nullptr ? nullptr : object_in(*object, "targets");
    if (targets == nullptr) {
        throw Failure(doing, "it has no targets", "fly login writes it: fly -t NAME login -c URL.");
    }
    return *targets;
}

Failure no_such_target(const std::string& name, const json::object& targets,
                       const std::string& doing) {
    std::vector<std::string> names;
    for (const auto& item : targets) {
        names.emplace_back(item.key());
    }
    const auto meant = did_you_mean(name, names);
    return {doing, "there is no target " + quoted(name),
            (meant ? "Did you mean " + *meant + "? " : "") +
                (names.empty() ? "" : "There are: " + first_few(names, 20) + ".")};
}

}  // namespace

json::object fly_target(const std::string& name, std::string_view flyrc, const std::string& path) {
    const std::string doing = "reading fly's targets in " + path;
    const json::value value = parse_yaml(flyrc, doing);
    const json::object& targets = targets_of(value, doing);
    const json::object* target = object_in(targets, name);
    if (target == nullptr) {
        throw no_such_target(name, targets, doing);
    }
    if (is_true(*target, "insecure")) {
        throw Failure(doing, "the target " + name + " is one whose certificate fly does not check",
                      "upkeep checks always: log in again with --ca-cert instead of --insecure.");
    }
    if (!text_in(*target, "client_cert_path").empty()) {
        throw Failure(doing, "the target " + name +
                                 " has a client certificate, which upkeep has "
                                 "no use for");
    }
    const json::object* token = object_in(*target, "token");
    const std::string text = token == nullptr ? "" : text_in(*token, "value");
    if (text.empty()) {
        throw Failure(doing, "nobody is signed in to the target " + name,
                      "fly -t " + name + " login");
    }
    json::object block{{"url", text_in(*target, "api")}, {"token", text}};
    if (const std::string ca_cert = text_in(*target, "ca_cert"); !ca_cert.empty()) {
        block["ca_cert"] = ca_cert;
    }
    return block;
}

}  // namespace upkeep::atc
