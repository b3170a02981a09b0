#include "resource/stemcell/stemcell.h"

#include <array>
#include <set>
#include <utility>

#include "core/text.h"
#include "present/overview.h"
#include "resource/stemcell/look.h"
#include "resource/stemcell/settings.h"

namespace upkeep::stemcell {

namespace {

class StemcellLooker : public Looker {
  public:
    explicit StemcellLooker(Settings settings) : settings_(std::move(settings)) {}

    Look look(World& world) const override { return look_at_stemcells(settings_, world); }

  private:
    Settings settings_;
};

constexpr std::array<CommandOption, 10> command_options{{
    {"--director", "director", "URL",
     "a director, as in bosh -e: a URL, a host or an alias; as whom, by BOSH_CLIENT and so on"},
    {"--deployments", "deployments_file", "FILE",
     "what bosh deployments printed (--json or the table), or the director's GET /deployments; - "
     "is standard input",
     false, true},
    {"--deployments-url", "deployments_url", "URL", "the same, to be fetched"},
    {"--published", "published", "PLACE",
     "published stemcells: a base URL, a file or a folder (default https://bosh.io)"},
    {"--variant", "variant", "VARIANT", "light or regular (default: light on AWS and Google)"},
    {"--select", "deployments", "PATTERN", "only these deployments; ! excludes", true},
    {"--while-locked", "while_locked", "WORD",
     "wait (default): what is being deployed now is not stale yet; or report"},
    {"--confirm-vms", "confirm_vms", "TRUTH",
     "true: ask for the VMs of what seems stale, by tasks on the director"},
    {"--proxy-host-key", "proxy_host_key", "KEY",
     "of the jumpbox of BOSH_ALL_PROXY, if not ~/.ssh/known_hosts; any takes whatever it shows"},
    {"--own-vm", "own_vm", "TRUTH", "false: leave out the director's own stemcell"},
}};

}  // namespace

std::span<const std::string_view> rules() {
    static constexpr std::array<std::string_view, 7> all{
        "stale",        "ahead",      "withdrawn",    "unpublished",
        "unknown-line", "unreadable", "not-evaluated"};
    return all;
}

std::span<const CommandOption> options() {
    return command_options;
}

std::unique_ptr<Looker> read(Fields& source, const EndpointDefaults& endpoints,
                             const LookingKeys& keys) {
    return std::make_unique<StemcellLooker>(read_settings(source, keys.environment, endpoints));
}

std::vector<File> files(const Report& report) {
    const bool several = present::environments(report).size() > 1;
    std::set<std::string> names;
    for (const Finding& finding : report.findings) {
        if (finding.kind == "stemcell" && finding.job_mends) {
            const bool with_environment = several && !finding.environment.empty();
            names.insert((with_environment ? finding.environment + "/" : "") + finding.subject);
        }
    }
    std::string text;
    for (const std::string& name : names) {
        text += printable(name) + "\n";
    }
    return {{"deployments", text}};
}

}  // namespace upkeep::stemcell
