#include "bosh/deployment.h"

#include <optional>

#include "bosh/deployments_json.h"
#include "bosh/deployments_table.h"
#include "bosh/recognise.h"
#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

// The first character that is not blank; 0 without one.
char beginning_of(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? '\0' : text[first];
}

std::vector<Deployment> read_json(std::string_view text, const std::string& doing) {
    const json::value value =
        parse_json(text, doing,
                   "Save all of the output of bosh deployments --json and nothing else (standard "
                   "error apart).");
    return parse_deployments_json(
        value, doing,
        "Give the output of bosh deployments --json, or the director's GET /deployments.");
}

// With the advice for a file.
ListedDeployments read_text(std::string_view text, const std::string& doing) {
    if (const std::optional<std::string> what = recognise_text(text)) {
        throw Failure(doing, "it is " + *what + ", not deployments",
                      "Give the output of bosh deployments --json.");
    }
    switch (beginning_of(without_mark(text))) {
        case '\0':
            throw Failure(doing, "it is empty",
                          "To a pipe, bosh deployments prints nothing where there is no "
                          "deployment; bosh deployments --json tells.");
        case '{':
        case '[':
            return {read_json(text, doing), "", ""};
        default:
            return parse_deployments_table(without_mark(text), doing);
    }
}

}  // namespace

ListedDeployments parse_deployments(std::string_view text, const std::string& place,
                                    const std::string& advice) {
    try {
        return read_text(text, "reading the deployments from " + place);
    } catch (const Failure& failure) {
        throw Failure(failure.doing(), failure.why(), advice.empty() ? failure.advice() : advice);
    }
}

}  // namespace upkeep::bosh
