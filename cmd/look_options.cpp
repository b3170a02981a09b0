#include "cmd/look_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "core/failure.h"

namespace upkeep {

namespace {

// The help names the words, so the validator does not.
template <typename Value>
CLI::Validator one_of(const std::map<std::string, Value>& words) {
    return CLI::CheckedTransformer(words).description("");
}

const std::map<std::string, Format> formats{{"table", Format::table},
                                            {"markdown", Format::markdown},
                                            {"html", Format::html},
                                            {"json", Format::json}};
const std::map<std::string, Severity> severities{{"info", Severity::info},
                                                 {"low", Severity::low},
                                                 {"medium", Severity::medium},
                                                 {"high", Severity::high},
                                                 {"critical", Severity::critical}};
const std::map<std::string, present::ColourChoice> colours{
    {"auto", present::ColourChoice::automatic},
    {"always", present::ColourChoice::always},
    {"never", present::ColourChoice::never}};

using Given = std::map<std::string, std::vector<std::string>>;  // by the option's name

void add_common(CLI::App& app, LookOptions& options, std::string& environment) {
    app.add_option("--source", options.source_files,
                   "a source as in a pipeline, YAML or JSON; several give one report")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--environment", environment, "a label for what is looked at")
        ->type_name("NAME");
    app.add_option("--format", options.format, "table, markdown, html or json")
        ->type_name("FORMAT")
        ->transform(one_of(formats));
    app.add_option("--output", options.output, "also write what `in` writes into this folder")
        ->type_name("FOLDER");
    app.add_option("--fail-on", options.fail_on,
                   "only findings of at least this severity give exit code 1: info, low, medium, "
                   "high or critical")
        ->type_name("SEVERITY")
        ->transform(one_of(severities));
    app.add_flag("--exit-zero", options.exit_zero, "exit code 0 also where something was found");
    app.add_option("--colour,--color", options.colour, "auto, always or never")
        ->type_name("WHEN")
        ->transform(one_of(colours));
}

void add_own(CLI::App& app, const Kind& kind, Given& given) {
    for (const CommandOption& option : kind.options) {
        auto* const added = app.add_option(
            std::string(option.name), given[std::string(option.name)], std::string(option.help));
        added->type_name(std::string(option.value))->allow_extra_args(false);
        if (!option.is_list) {
            added->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
        }
    }
}

json::object source_of(const Kind& kind, const Given& given, const std::string& environment) {
    json::object source{{"kind", std::string(kind.name)}};
    if (!environment.empty()) {
        source["environment"] = environment;
    }
    for (const CommandOption& option : kind.options) {
        const auto& values = given.at(std::string(option.name));
        if (values.empty()) {
            continue;
        }
        json::value& target = source[json::string_view(option.key.data(), option.key.size())];
        if (option.is_list) {
            target = json::array(values.begin(), values.end());
        } else {
            target = values.front();
        }
    }
    return source;
}

bool any_given(const Given& given) {
    return std::any_of(given.begin(), given.end(),
                       [](const auto& option) { return !option.second.empty(); });
}

bool names_standard_input(const Given& given) {
    return std::any_of(given.begin(), given.end(), [](const auto& option) {
        return option.second == std::vector<std::string>{"-"};
    });
}

}  // namespace

LookOptions read_look_options(const Kind& kind, const Arguments& arguments) {
    const std::string command = "upkeep " + std::string(kind.command);
    const std::string advice = command + " --help lists the options.";
    LookOptions options;
    std::string environment;
    Given given;
    CLI::App app(std::string(kind.help), command);
    add_own(app, kind, given);
    add_common(app, options, environment);
    try {
        // CLI11 takes them from the back.
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        options.help = app.help();
        return options;
    } catch (const CLI::Error& error) {
        throw Failure(command, error.what(), advice);
    }
    if (!options.source_files.empty() && (any_given(given) || !environment.empty())) {
        throw Failure(command,
                      "--source stands for a whole source, other options of it beside it "
                      "are not possible",
                      "Put them into the file.");
    }
    if (options.source_files.empty() && !any_given(given)) {
        throw Failure(command, "nothing is said about what to look at",
                      "Give " + std::string(kind.options.front().name) + " " +
                          std::string(kind.options.front().value) + " or --source FILE; " + advice);
    }
    options.source = source_of(kind, given, environment);
    options.wants_standard_input = names_standard_input(given);
    return options;
}

}  // namespace upkeep
