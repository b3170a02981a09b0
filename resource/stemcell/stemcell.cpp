#include "resource/stemcell/stemcell.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "bosh/deployment.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "net/http.h"
#include "present/overview.h"
#include "resource/stemcell/drift.h"
#include "resource/stemcell/published_list.h"

namespace upkeep::stemcell {

namespace {

struct Settings {
    std::string environment;
    std::optional<std::string> deployments_file;
    std::optional<Endpoint> deployments_url;
    PublishedPlace published;
    std::optional<Variant> variant;
    GlobList selected;
};

struct Deployments {
    bosh::ListedDeployments listed;
    std::string place;
};

Deployments get_deployments(const Settings& settings, World& world) {
    if (settings.deployments_url) {
        HttpRequest request;
        request.endpoint = &*settings.deployments_url;
        const std::string place = request.url().shown();
        return {bosh::parse_deployments(get_body(world.http, request), place), place};
    }
    const std::string& path = *settings.deployments_file;
    if (path == "-" && world.standard_input) {
        return {bosh::parse_deployments(*world.standard_input, "standard input"), "standard input"};
    }
    const std::string text =
        read_file(path, limits::document_bytes, "reading the deployments from " + path, world.stop);
    return {bosh::parse_deployments(text, path), path};
}

// The versions of each line that the deployment lists.
std::map<std::string, std::vector<std::string>> versions_by_line(
    const bosh::Deployment& deployment) {
    std::map<std::string, std::vector<std::string>> lines;
    for (const bosh::StemcellReference& stemcell : deployment.stemcells) {
        lines[stemcell.name].push_back(stemcell.version);
    }
    return lines;
}

std::vector<std::string> lines_in_use(const std::vector<bosh::Deployment>& deployments) {
    std::set<std::string> lines;
    for (const bosh::Deployment& deployment : deployments) {
        for (const bosh::StemcellReference& stemcell : deployment.stemcells) {
            lines.insert(stemcell.name);
        }
    }
    return {lines.begin(), lines.end()};
}

Finding not_evaluated(const std::string& environment, const std::string& line,
                      const LineFailure& failure) {
    Finding finding;
    finding.rule = "not-evaluated";
    finding.subject = line;
    const std::array<std::string_view, 4> facts{"stemcell", environment, finding.rule, line};
    finding.id = finding_id(facts);
    finding.severity = Severity::medium;
    finding.summary = "not looked at: " + failure.reason;
    finding.advice = failure.advice;
    finding.job_mends = false;
    finding.undecided = true;
    finding.recurs = true;
    return finding;
}

// Nothing to judge is not "nothing found": whatever was open would look mended.
[[noreturn]] void refuse_nothing(std::size_t listed, const std::string& place) {
    const std::string doing = "reading the deployments from " + place;
    if (listed == 0) {
        throw Failure(doing, "there is none",
                      "May the client see them? A client of a team cannot list.");
    }
    throw Failure(doing,
                  "none of the " + counted(listed, "deployment", "deployments") + " is selected",
                  "Are the patterns (deployments, --select) right?");
}

class StemcellLooker : public Looker {
  public:
    explicit StemcellLooker(Settings settings) : settings_(std::move(settings)) {}

    Look look(World& world) const override {
        Look look;
        Deployments deployments = get_deployments(settings_, world);
        auto& all = deployments.listed.all;
        const std::size_t listed = all.size();
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&](const bosh::Deployment& deployment) {
                                     return !settings_.selected.matches(deployment.name);
                                 }),
                  all.end());
        if (all.empty()) {
            refuse_nothing(listed, deployments.place);
        }
        Coverage part;
        part.items = {"deployment", "deployments"};
        part.place = deployments.place;
        part.count = static_cast<std::int64_t>(all.size());
        look.coverage.push_back(std::move(part));
        add_doubts(look, deployments);
        const auto answers = published_lines(settings_.published, lines_in_use(all), world);
        add_answers(look, answers);
        const Moment now = world.clock.now();
        for (const bosh::Deployment& deployment : all) {
            judge_deployment(look, deployment, answers, now);
        }
        return look;
    }

  private:
    static void add_doubts(Look& look, const Deployments& deployments) {
        const bosh::ListedDeployments& listed = deployments.listed;
        if (!listed.missing.empty()) {
            Coverage part;
            part.items = {"other deployment", "other deployments"};
            part.place = deployments.place;
            part.failure = listed.missing;
            look.coverage.push_back(std::move(part));
        }
        if (!listed.doubt.empty()) {
            look.notices.push_back("the deployments from " + deployments.place + ": " +
                                   listed.doubt);
        }
    }

    // Throws what failed first where every list did.
    void add_answers(Look& look, const std::map<std::string, LineAnswer>& answers) const {
        const LineFailure* first = nullptr;
        std::size_t failed = 0;
        for (const auto& [line, answer] : answers) {
            Coverage part;
            part.items = {"published version", "published versions"};
            part.of = line;
            part.place = answer.known.place;
            part.count = static_cast<std::int64_t>(answer.known.versions.size());
            part.failure = answer.failure ? answer.failure->reason : "";
            look.coverage.push_back(std::move(part));
            if (answer.failure) {
                ++failed;
                first = first == nullptr ? &*answer.failure : first;
                look.findings.push_back(
                    not_evaluated(settings_.environment, line, *answer.failure));
            }
        }
        if (failed > 0 && failed == answers.size()) {
            throw Failure("looking at stemcells", first->reason, first->advice);
        }
    }

    void judge_deployment(Look& look, const bosh::Deployment& deployment,
                          const std::map<std::string, LineAnswer>& answers, Moment now) const {
        for (const auto& [line, versions] : versions_by_line(deployment)) {
            const LineAnswer& answer = answers.at(line);
            if (answer.failure) {
                continue;
            }
            auto finding =
                judge_line(deployment.name, settings_.environment, line, versions, answer.known,
                           settings_.variant.value_or(usual_variant(line)), now);
            if (finding) {
                look.findings.push_back(std::move(*finding));
            }
        }
    }

    Settings settings_;
};

constexpr std::array<CommandOption, 5> command_options{{
    {"--deployments", "deployments_file", "FILE",
     "what bosh deployments printed (--json or the table), or the director's GET /deployments; - "
     "is "
     "standard input"},
    {"--deployments-url", "deployments_url", "URL", "the same, to be fetched"},
    {"--published", "published", "PLACE",
     "published stemcells: a base URL, a file or a folder (default https://bosh.io)"},
    {"--variant", "variant", "VARIANT", "light or regular (default: light on AWS and Google)"},
    {"--select", "deployments", "PATTERN", "only these deployments; ! excludes", true},
}};

}  // namespace

std::span<const std::string_view> rules() {
    static constexpr std::array<std::string_view, 6> all{
        "stale", "ahead", "withdrawn", "unknown-line", "unreadable", "not-evaluated"};
    return all;
}

std::span<const CommandOption> options() {
    return command_options;
}

std::unique_ptr<Looker> read(Fields& source, const CommonKeys& common) {
    Settings settings;
    settings.environment = common.environment;
    settings.deployments_file = source.text("deployments_file");
    if (settings.deployments_file && may_be_meant_as_url(*settings.deployments_file)) {
        // Not quoted: it may hold a password.
        throw source.wrong("deployments_file", "it looks like a URL",
                           "A URL is given as deployments_url (--deployments-url).");
    }
    settings.deployments_url = read_endpoint(source, "deployments_url", common.endpoints);
    settings.published = read_published_place(source, common.endpoints);
    if (const auto variant = source.choice("variant", {"light", "regular"})) {
        settings.variant = *variant == 0 ? Variant::light : Variant::regular;
    }
    settings.selected = source.globs("deployments").value_or(GlobList());
    // Before what is missing, because a misspelt key is why it is.
    source.refuse_the_rest();
    if (settings.deployments_file.has_value() == settings.deployments_url.has_value()) {
        throw source.wrong("deployments_file",
                           settings.deployments_file ? "there is deployments_url too"
                                                     : "it is missing, and deployments_url too",
                           "Say once where the deployments are.");
    }
    return std::make_unique<StemcellLooker>(std::move(settings));
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
