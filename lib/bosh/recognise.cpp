#include "bosh/recognise.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/no_text.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

std::string with_words(const std::string& what, const std::string& words) {
    return words.empty() ? what : what + ": " + words;
}

std::optional<std::string> recognise_tables(const json::value& tables) {
    const json::array* list = tables.if_array();
    for (const json::value& table : list == nullptr ? json::array() : *list) {
        const json::object* object = table.if_object();
        if (object != nullptr && !text_in(*object, "Content").empty()) {
            return "the output of bosh " + text_in(*object, "Content") + " --json";
        }
        const json::value* header = object == nullptr ? nullptr : object->if_contains("Header");
        if (header != nullptr && header->is_object() && header->get_object().contains("uuid")) {
            return "the output of bosh env --json";
        }
    }
    return "the output of another bosh command with --json";
}

std::optional<std::string> recognise_object(const json::object& object) {
    if (const json::value* tables = object.if_contains("Tables")) {
        return recognise_tables(*tables);
    }
    if (object.contains("code") && object.contains("description")) {
        return with_words("an error of a BOSH director", text_in(object, "description"));
    }
    if (object.contains("error")) {
        const std::string words = text_in(object, "error_description");
        return with_words("an error", words.empty() ? text_in(object, "error") : words);
    }
    if (object.contains("message") && object.contains("documentation_url")) {
        return with_words("an error of GitHub", text_in(object, "message"));
    }
    if (object.contains("manifest")) {
        return "one deployment's manifest (the director's GET /deployments/NAME)";
    }
    if (object.contains("user_authentication")) {
        return "the director's GET /info";
    }
    return std::nullopt;
}

struct Sign {
    std::string_view key;
    std::string_view what;
};

// Keys by which the first object of a list is known; the first that it has counts.
constexpr std::array signs{
    Sign{"tag_name", "a list of GitHub releases"},
    Sign{"ETag", "the legacy index of stemcells"},
    Sign{"release_versions", "a director's releases (its GET /releases)"},
    Sign{"operating_system", "the stemcells that a director has (its GET /stemcells)"},
    Sign{"stemcells", "a director's deployments (its GET /deployments)"},
    Sign{"regular", "a list of published stemcells as bosh.io has it"},
    Sign{"light", "a list of published stemcells as bosh.io has it"},
    Sign{"light_china", "a list of published stemcells as bosh.io has it"},
    Sign{"agent_id", "the VMs of a deployment"},
    Sign{"resource", "a director's locks or events"},
    Sign{"state", "a director's tasks"},
};

std::optional<std::string> recognise_list(const json::array& list) {
    const json::object* first = list.empty() ? nullptr : list.front().if_object();
    if (first == nullptr) {
        return std::nullopt;
    }
    for (const Sign& sign : signs) {
        if (first->contains(sign.key)) {
            return std::string(sign.what);
        }
    }
    if (first->contains("url") && first->contains("version")) {
        return "a list of BOSH releases as bosh.io has it";
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> recognise_text(std::string_view text) {
    constexpr std::size_t bytes_searched = 4096;
    const std::string_view line = trimmed(without_mark(text), " \t\r\n");
    if (line == "null") {
        return "null, as jq prints it where it finds nothing";
    }
    if (line.starts_with("<") &&
        line.substr(0, bytes_searched).find("<metalink") != std::string_view::npos) {
        return "a metalink file, as the indexes of stemcells have them";
    }
    return what_else_it_is(text);
}

std::optional<std::string> recognise_json(const json::value& value) {
    if (const json::object* object = value.if_object()) {
        return recognise_object(*object);
    }
    if (const json::array* list = value.if_array()) {
        return recognise_list(*list);
    }
    return std::nullopt;
}

}  // namespace upkeep::bosh
