#include "cmd/command_line.h"

#include <vector>

#include "core/failure.h"
#include "core/fields.h"
#include "core/text.h"
#include "net/url.h"

namespace upkeep {

namespace {

// The first argument that is none of ours, and the option that was probably meant.
Failure unknown_argument(const CLI::App& app, const std::string& advice) {
    std::vector<std::string> known;
    for (const CLI::Option* option : app.get_options()) {
        known.push_back(option->get_name());
    }
    const std::string given = app.remaining().front();
    if (!given.starts_with('-')) {
        return {app.get_name(), shown_argument(given) + " belongs to no option", advice};
    }
    // Without what it was given: it may be a secret, as of --client-secret, or of -p.
    const std::string first =
        given.starts_with("--") ? given.substr(0, given.find('=')) : given.substr(0, 2);
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
                                                        : option + " has more than one value";
}

// CLI11 repeats the value that it refuses.
std::string in_words(const CLI::Error& error) {
    const std::string text = error.what();
    return may_be_meant_as_url(text) ? text.substr(0, text.find(':')) + ": a URL does not serve"
                                     : text;
}

// A variable of a shell or of a pipeline that is not set would leave out what it stands for; and of
// "--freeze=" CLI11 makes an option whose value is the next argument.
void refuse_empty(const CLI::App& app, const Arguments& arguments) {
    for (const std::string& argument : arguments) {
        const bool lacks_value =
            argument.starts_with("--") && argument.find('=') == argument.size() - 1;
        if (argument.empty() || lacks_value) {
            throw Failure(app.get_name(),
                          argument.empty() ? "an argument is empty" : argument + " has no value",
                          "Is it a variable that is not set?");
        }
    }
}

}  // namespace

std::string parse_command_line(CLI::App& app, const Arguments& arguments, const std::string& hint) {
    constexpr int most_values = 1'000'000;
    const std::string advice =
        app.get_name() + " --help lists the options." + (hint.empty() ? "" : " " + hint);
    refuse_empty(app, arguments);
    // Of an option whose values have no end CLI11 takes the value "[ab]" for a list.
    const auto endless = app.get_options([](const CLI::Option* option) {
        return option->get_expected_max() == CLI::detail::expected_max_vector_size;
    });
    for (CLI::Option* option : endless) {
        option->expected(1, most_values)->allow_extra_args(false);
    }
    try {
        // CLI11 takes them from the back.
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        for (CLI::Option* option : endless) {
            option->expected(1, -1);
        }
        return app.help();
    } catch (const CLI::ExtrasError&) {
        throw unknown_argument(app, advice);
    } catch (const CLI::ArgumentMismatch& error) {
        throw Failure(app.get_name(), in_words(error), advice);
    } catch (const CLI::Error& error) {
        throw Failure(app.get_name(), in_words(error), advice);
    }
    return "";
}

void add_number(CLI::App& app, const std::string& name, std::optional<std::int64_t>& value,
                std::int64_t lowest, std::int64_t highest, const std::string& help) {
    const auto take = [name, &value, lowest, highest](const std::string& text) {
        value = whole_number(text);
        if (!value || *value < lowest || *value > highest) {
            throw CLI::ValidationError(name, upkeep::quoted(text) + " is no number from " +
                                                 std::to_string(lowest) + " to " +
                                                 std::to_string(highest));
        }
    };
    app.add_option_function<std::string>(name, take, help)->type_name("N");
}

std::optional<std::chrono::seconds> duration_of(const std::string& command,
                                                const std::string& option,
                                                const std::string& text) {
    const auto time = parse_duration(text);
    if (!time && !text.empty()) {
        throw Failure(command, option + " is " + upkeep::quoted(text) + ", no length of time",
                      "A number and s, m, h, d or w: 10m.");
    }
    return time;
}

}  // namespace upkeep
