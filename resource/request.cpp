#include "resource/request.h"

#include <algorithm>

#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

const std::string doing = "reading the request on standard input";

const Kind& kind_of(Fields& source) {
    const auto name = source.text("kind");
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds()) {
        names.push_back(kind.name);
    }
    if (!name) {
        std::string all;
        for (const std::string_view known : names) {
            all += (all.empty() ? "" : ", ") + std::string(known);
        }
        const Failure missing = source.missing("kind");
        throw missing.advice().empty()
            ? source.wrong("kind", missing.why(), "Say what is looked at. There are: " + all + ".")
            : missing;
    }
    return kinds()[*source.choice("kind", names)];
}

const json::object& object_at(const json::object& request, const char* key) {
    static const json::object nothing;
    const json::value* value = request.if_contains(key);
    if (value == nullptr || value->is_null()) {
        return nothing;
    }
    if (!value->is_object()) {
        throw Failure(doing, std::string(key) + " is " + type_name(*value) + ", wanted: an object");
    }
    return value->get_object();
}

VersionFields read_version(const json::object& object) {
    VersionFields version;
    for (const auto& item : object) {
        if (!item.value().is_string()) {
            throw Failure(doing, "version." + in_brief(item.key()) + " is " +
                                     type_name(item.value()) + ", wanted: a text");
        }
        version.emplace(item.key(), item.value().get_string());
    }
    return version;
}

}  // namespace

Source read_source(const json::object& object, const std::string& path) {
    return read_strictly(object, path, [](Fields& fields) {
        Source source;
        source.kind = &kind_of(fields);
        source.keys = read_common_keys(fields, *source.kind);
        source.looker = source.kind->read(fields, source.keys);
        return source;
    });
}

std::string read_request_text(const Stop& stop) {
    return read_standard_input(limits::request_bytes, doing, stop);
}

Request read_request(std::string_view text) {
    const json::value value = parse_json(text, doing);
    if (!value.is_object()) {
        throw Failure(doing, "it is " + type_name(value) + ", wanted: an object with a source");
    }
    const json::object& object = value.get_object();
    if (!object.contains("source")) {
        throw Failure(doing, "it has no source", "Concourse sends one; by hand, use upkeep help.");
    }
    Request request;
    request.source = read_source(object_at(object, "source"), "source");
    if (const json::object& version = object_at(object, "version"); !version.empty()) {
        request.version = read_version(version);
    }
    request.params = object_at(object, "params");
    return request;
}

}  // namespace upkeep
