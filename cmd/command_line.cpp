#include "cmd/command_line.h"

#include <algorithm>
#include <vector>

#include "core/failure.h"
#include "core/fields.h"
#include "core/text.h"

namespace upkeep {

namespace {

// The first argument that is none of ours, and the option that was probably meant.
Failure unknown_argument(const CLI::App& app, const std::string& advice) {
    std::vector<std::string> known;
    for (const CLI::Option* option : app.get_options()) {
        known.push_back(option->get_name());
    }
    // Without what it was given: it may be a secret, as of --client-secret.
    const std::string given = app.remaining().front();
    const std::string first = given.substr(0, given.find('='));
    if (!first.starts_with('-')) {
        return {app.get_name(), upkeep::quoted(first) + " belongs to no option", advice};
    }
    const auto meant = did_you_mean(first, known);
    return {app.get_name(), "there is no option " + first,
            (meant ? "Did you mean " + *meant + "? " : "") + advice};
}

// CLI11's "--variant: At Most 1 required but received 2" and "--variant: 1 required VARIANT
// missing".
std::string in_words(const CLI::ArgumentMismatch& error) {
    const std::string text = error.what();
    const std::string option = text.substr(0, text.find(':'));
    return text.find(" received ") == std::string::npos ? option + " lacks its value"
                                                        : option + " is given more than once";
}

}  // namespace

std::string parse_command_line(CLI::App& app, const Arguments& arguments, const std::string& hint) {
    const std::string advice =
        app.get_name() + " --help lists the options." + (hint.empty() ? "" : " " + hint);
    if (std::find(arguments.begin(), arguments.end(), "") != arguments.end()) {
        throw Failure(app.get_name(), "an argument is empty", "Is it a variable that is not set?");
    }
    try {
        // CLI11 takes them from the back.
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        return app.help();
    } catch (const CLI::ExtrasError&) {
        throw unknown_argument(app, advice);
    } catch (const CLI::ArgumentMismatch& error) {
        throw Failure(app.get_name(), in_words(error), advice);
    } catch (const CLI::Error& error) {
        throw Failure(app.get_name(), error.what(), advice);
    }
    return "";
}

}  // namespace upkeep
