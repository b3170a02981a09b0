// The commands that look: one for each kind, all with the same options besides the kind's own.
#include <unistd.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "cmd/look_options.h"
#include "cmd/program.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "present/document.h"
#include "present/html.h"
#include "present/markdown.h"
#include "present/overview.h"
#include "present/table.h"
#include "resource/look_at_all.h"
#include "resource/snapshot.h"
#include "resource/source_file.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

std::optional<std::size_t> columns_of_terminal() {
    const std::size_t width = terminal_size(STDOUT_FILENO).columns;
    return width > 0 ? std::optional<std::size_t>(width) : std::nullopt;
}

present::TableStyle style_for(const LookOptions& options, const World& world) {
    present::Output output;
    output.terminal = is_terminal(STDOUT_FILENO);
    output.columns = columns_of_terminal();
    output.columns_variable = world.environment.get("COLUMNS");
    output.no_color_variable = world.environment.get("NO_COLOR");
    output.term_variable = world.environment.get("TERM");
    output.colour = options.colour;
    return present::table_style(output);
}

std::string json_text(const Report& report, const Stop& stop) {
    std::string text;
    present::write_json(report, [&](std::string_view piece) {
        stop.throw_if_requested();
        text += piece;
    });
    return text;
}

std::string formatted(const Report& report, const LookOptions& options, const World& world) {
    switch (options.format) {
        case Format::markdown:
            return present::markdown(report);
        case Format::html:
            return present::html(report);
        case Format::json:
            return json_text(report, world.stop);
        case Format::table:
            break;
    }
    return present::table(report, style_for(options, world));
}

// By what a person wrote it, an option or a variable of the environment.
std::string shown_path(const std::string& path, const Kind& kind) {
    constexpr std::string_view before = "options.";
    std::string_view key =
        path.starts_with(before) ? std::string_view(path).substr(before.size()) : "";
    if (key.ends_with(']')) {
        key = key.substr(0, key.rfind('['));
    }
    for (const NameByHand& known : kind.names_by_hand) {
        if (known.path == key) {
            return std::string(known.name);
        }
    }
    for (const CommandOption& option : kind.options) {
        if (option.key == key) {
            return std::string(option.name);
        }
    }
    return path;
}

Source read_options(const json::object& source, const Kind& kind) {
    try {
        return read_source(source, "options");
    } catch (const Failure& failure) {
        throw Failure(shown_path(failure.doing(), kind), failure.why(), failure.advice());
    }
}

void require_environments(const std::vector<NamedSource>& sources) {
    constexpr const char* advice =
        "Where several sources are looked at together, each needs one of its own: findings are "
        "told apart by it.";
    std::map<std::string, std::string> names;
    for (const NamedSource& named : sources) {
        const std::string& environment = named.source.keys.environment;
        if (sources.size() > 1 && environment.empty()) {
            throw Failure(named.name, "it has no environment", advice);
        }
        const auto [known, is_new] = names.emplace(environment, named.name);
        if (!is_new) {
            throw Failure(named.name,
                          "its environment, " + quoted(environment) + ", is that of " +
                              known->second + " too",
                          advice);
        }
    }
}

std::vector<NamedSource> sources_of(const LookOptions& options, const Kind& kind, World& world) {
    std::vector<NamedSource> sources;
    for (const std::string& file : options.source_files) {
        const std::string name = source_file_name(file);
        json::object source = read_source_file(file, world.stop);
        require_kind(source, kind, name + ": source");
        sources.push_back({name, read_source(source, name + ": source")});
    }
    require_environments(sources);
    if (options.source_files.empty()) {
        json::object source = options.source;
        std::string hint = kind.complete(source, world);
        sources.push_back({"the options", read_options(source, kind), std::move(hint)});
    }
    return sources;
}

// Standard input is read once, and only where a source wants it.
void read_standard_input_if_wanted(const LookOptions& options, World& world) {
    if (options.wants_standard_input) {
        world.standard_input =
            read_standard_input(limits::document_bytes, "reading standard input", world.stop);
    }
}

bool counts(const Finding& finding, const LookOptions& options) {
    return finding.undecided || finding.severity >= options.fail_on;
}

// 2 where a whole source could not be looked at, or a part of one that is no finding because it is
// ignored.
int exit_code(const LookedAtAll& looked, const LookOptions& options) {
    const auto& findings = looked.report.findings;
    const bool found = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return counts(finding, options);
    });
    if (looked.source_failed || (!found && !looked.report.complete())) {
        return 2;
    }
    return found && !options.exit_zero ? 1 : 0;
}

}  // namespace

int run_look(const Kind& kind, const Arguments& arguments, World& world) {
    const LookOptions options = read_look_options(kind, arguments);
    if (!options.help.empty()) {
        print_answer(options.help, world.stop);
        return 0;
    }
    const std::vector<NamedSource> sources = sources_of(options, kind, world);
    read_standard_input_if_wanted(options, world);
    const LookedAtAll looked = look_at_all(sources, world);
    if (!options.output.empty()) {
        write_files(options.output, snapshot_files(looked.report, {&kind}), world.stop);
    }
    for (const Coverage* part : present::failures(looked.report)) {
        print_error("upkeep: " + printable_lines(part->failure) + "\n");
    }
    print_answer(formatted(looked.report, options, world), world.stop);
    return exit_code(looked, options);
}

}  // namespace upkeep
