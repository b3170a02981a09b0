#include "resource/source_file.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "core/yaml.h"
#include "net/url.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

bool is_list_of_jobs(const json::value& value) {
    const json::array* list = value.if_array();
    const json::object* first =
        list == nullptr || list->empty() ? nullptr : list->front().if_object();
    return first != nullptr && first->contains("plan");
}

// What is a part of a pipeline, but another one.
void refuse_more_than_a_source(const json::object& object, const std::string& doing) {
    const std::string advice =
        "A source is what stands under `source:` of one resource: put that into a file alone.";
    const json::value* jobs = object.if_contains("jobs");
    if (object.contains("resources") || object.contains("resource_types") ||
        (jobs != nullptr && is_list_of_jobs(*jobs))) {
        throw Failure(doing, "it is a whole pipeline", advice);
    }
    const json::value* source = object.if_contains("source");
    if (source != nullptr && source->is_object()) {
        throw Failure(doing, "it is a whole resource", advice);
    }
}

void refuse_variables(const json::value& value, const std::string& path) {
    if (const json::object* object = value.if_object()) {
        for (const auto& item : *object) {
            refuse_variables(item.value(), path + "." + in_brief(item.key()));
        }
    } else if (const json::array* array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            refuse_variables((*array)[i], path + "[" + std::to_string(i) + "]");
        }
    } else if (const json::string* text = value.if_string()) {
        const std::size_t open = text->find("((");
        if (open != json::string::npos && text->find("))", open) != json::string::npos) {
            throw Failure(path, "the variable in it is not filled in",
                          "((variables)) are Concourse's: put the value itself into this file.");
        }
    }
}

}  // namespace

std::string source_file_name(const std::string& path) {
    return is_standard_input(path) ? "standard input" : path;
}

json::object read_source_file(const std::string& path, const Stop& stop, std::string_view unused) {
    if (may_be_meant_as_url(path)) {
        // Not quoted: it may hold a password.
        throw Failure("reading a source", "it is given as a URL, wanted: a file",
                      "Standard input will do: curl ... | upkeep ... --source -");
    }
    const std::string doing = "reading the source in " + source_file_name(path);
    json::value value =
        parse_yaml(read_file_or_standard_input(path, limits::source_bytes, doing, stop), doing);
    if (!value.is_object()) {
        throw Failure(doing,
                      "it is " + type_name(value) + ", wanted: keys and values, as in a pipeline");
    }
    refuse_more_than_a_source(value.get_object(), doing);
    for (const auto& [key, of_key] : value.get_object()) {
        if (key != unused) {
            refuse_variables(of_key, source_file_name(path) + ": source." + in_brief(key));
        }
    }
    return std::move(value.get_object());
}

void require_kind(json::object& source, const Kind& kind, const std::string& path) {
    const std::string name(kind.name);
    const json::value* given = source.if_contains("kind");
    if (given == nullptr || given->is_null()) {
        source["kind"] = name;
    } else if (given->is_string() && given->get_string() != name) {
        throw Failure(path + ".kind", "it is another kind than this command looks at, " + name);
    }
}

}  // namespace upkeep
