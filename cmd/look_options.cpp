#include "cmd/look_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cmd/command_line.h"
#include "core/failure.h"
#include "core/fields.h"

namespace upkeep {

namespace {

// A word and what it stands for, in the order in which the help has them.
template <typename Value>
using Words = std::vector<std::pair<std::string, Value>>;

const Words<Format> formats{{"table", Format::table},
                            {"markdown", Format::markdown},
                            {"html", Format::html},
                            {"json", Format::json}};
const Words<present::ColourChoice> colours{{"auto", present::ColourChoice::automatic},
                                           {"always", present::ColourChoice::always},
                                           {"never", present::ColourChoice::never}};

template <typename Value>
void add_choice(CLI::App& app, const std::string& name, const std::string& type,
                const std::string& help, const Words<Value>& words, Value& value) {
    std::string all;
    for (const auto& [word, meaning] : words) {
        all += (all.empty() ? "" : ", ") + word;
    }
    const std::string option = name.substr(0, name.find(','));
    const auto take = [words, &value, all, option](const std::string& given) {
        for (const auto& [word, meaning] : words) {
            if (word == given) {
                value = meaning;
                return;
            }
        }
        throw CLI::ValidationError(option, "\"" + given + "\" is none of " + all);
    };
    app.add_option_function<std::string>(name, take, help + all)->type_name(type);
}

Words<Severity> severity_words() {
    Words<Severity> words;
    for (const Severity severity : severities) {
        words.emplace_back(to_text(severity), severity);
    }
    return words;
}

using Given = std::map<std::string, std::vector<std::string>>;  // by the option's name

void add_common(CLI::App& app, LookOptions& options, std::string& environment) {
    app.add_option("--source", options.source_files,
                   "a source as in a pipeline, YAML or JSON; several give one report; - is "
                   "standard input")
        ->type_name("FILE");
    app.add_option("--environment", environment, "a label for what is looked at")
        ->type_name("NAME");
    add_choice(app, "--format", "FORMAT", "one of ", formats, options.format);
    app.add_option("--output", options.output, "also write what `in` writes into this folder")
        ->type_name("FOLDER");
    add_choice(app, "--fail-on", "SEVERITY",
               "only findings of at least this severity give exit code 1; one of ",
               severity_words(), options.fail_on);
    app.add_flag("--exit-zero", options.exit_zero, "exit code 0 also where something was found");
    add_choice(app, "--colour,--color", "WHEN", "one of ", colours, options.colour);
}

void add_own(CLI::App& app, const Kind& kind, Given& given) {
    for (const CommandOption& option : kind.options) {
        auto* const added = app.add_option(
            std::string(option.name), given[std::string(option.name)], std::string(option.help));
        added->type_name(std::string(option.value));
        if (!option.is_list) {
            added->expected(1)->allow_extra_args(false);
            added->multi_option_policy(CLI::MultiOptionPolicy::Throw);
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

// Of what takes standard input, in one spelling. Returns how often it is given there.
std::ptrdiff_t find_standard_input(std::vector<std::string>& files) {
    std::replace(files.begin(), files.end(), std::string("/dev/stdin"), std::string("-"));
    return std::count(files.begin(), files.end(), "-");
}

// Whether a key of the source is to be read there.
bool find_standard_inputs(const Kind& kind, Given& given, std::vector<std::string>& source_files,
                          const std::string& command) {
    std::ptrdiff_t in_options = 0;
    for (const CommandOption& option : kind.options) {
        if (option.takes_standard_input) {
            in_options += find_standard_input(given.at(std::string(option.name)));
        }
    }
    if (in_options + find_standard_input(source_files) > 1) {
        throw Failure(command, "standard input is given more than once",
                      "It can be read once: give a file for the rest.");
    }
    return in_options == 1;
}

}  // namespace

LookOptions read_look_options(const Kind& kind, const Arguments& arguments) {
    const std::string command = "upkeep " + std::string(kind.command);
    LookOptions options;
    std::string environment;
    Given given;
    CLI::App app(std::string(kind.help), command);
    add_own(app, kind, given);
    add_common(app, options, environment);
    options.help = parse_command_line(app, arguments);
    if (!options.help.empty()) {
        return options;
    }
    options.wants_standard_input = find_standard_inputs(kind, given, options.source_files, command);
    if (!options.source_files.empty() && (any_given(given) || !environment.empty())) {
        throw Failure(command,
                      "--source stands for a whole source, other options of it beside it "
                      "are not possible",
                      "Put them into the file.");
    }
    const std::set<std::string> different(options.source_files.begin(), options.source_files.end());
    if (different.size() < options.source_files.size()) {
        throw Failure(command, "the same --source is given twice",
                      "Everything in it would count twice.");
    }
    options.source = source_of(kind, given, environment);
    return options;
}

}  // namespace upkeep
