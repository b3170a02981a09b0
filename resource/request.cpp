#include "resource/request.h"

#include <algorithm>

#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

const std::string doing = "reading the request on standard input";

// Of the kinds that look, and then of those that act.
std::size_t kind_of(Fields& source) {
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds()) {
        names.push_back(kind.name);
    }
    for (const ActingKind& kind : acting_kinds()) {
        names.push_back(kind.name);
    }
    if (!source.text("kind")) {
        const Failure missing = source.missing("kind");
        throw missing.advice().empty()
            ? source.wrong(
                  "kind", missing.why(),
                  "Say what is wanted. There are: " + joined({names.begin(), names.end()}) + ".")
            : missing;
    }
    return *source.choice("kind", names);
}

Source read_looking(Fields& fields, const Kind& kind) {
    Source source;
    source.kind = &kind;
    const EndpointDefaults endpoints = read_endpoint_defaults(fields);
    source.keys = read_looking_keys(fields, kind);
    source.looker = kind.read(fields, endpoints, source.keys);
    return source;
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
        const std::size_t kind = kind_of(fields);
        if (kind >= kinds().size()) {
            throw fields.wrong("kind", "this kind does not look at anything");
        }
        return read_looking(fields, kinds()[kind]);
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
    read_strictly(object_at(object, "source"), "source", [&](Fields& fields) {
        const std::size_t kind = kind_of(fields);
        if (kind < kinds().size()) {
            request.source = read_looking(fields, kinds()[kind]);
        } else {
            const EndpointDefaults endpoints = read_endpoint_defaults(fields);
            request.actor = acting_kinds()[kind - kinds().size()].read(fields, endpoints);
        }
    });
    if (const json::object& version = object_at(object, "version"); !version.empty()) {
        request.version = read_version(version);
    }
    request.params = object_at(object, "params");
    return request;
}

}  // namespace upkeep
