#include "settings.h"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <stdexcept>

#include "coding.h"
#include "readers.h"

namespace standin {
namespace {

namespace json = boost::json;

Reader milliseconds(std::chrono::milliseconds& target) {
    return [&target](const json::value& value) {
        target = std::chrono::milliseconds(number_of(value));
    };
}

Reader headers(Headers& target) {
    return [&target](const json::value& value) {
        for (const auto& [name, content] : value.as_object()) {
            target.emplace_back(name, json::value_to<std::string>(content));
        }
    };
}

std::string contents_of(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        throw std::invalid_argument("cannot read the file " + path);
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string decoded(const std::string& base64) {
    std::optional<std::string> bytes = base64_decoded(base64);
    if (!bytes) {
        throw std::invalid_argument("is not base64");
    }
    return *std::move(bytes);
}

std::string repeated(const json::value& value) {
    std::string piece;
    std::size_t times = 0;
    read_object(value, "body_repeated", {{"text", text(piece)}, {"times", number(times)}});
    std::string whole;
    whole.reserve(piece.size() * times);
    for (std::size_t count = 0; count < times; ++count) {
        whole += piece;
    }
    return whole;
}

// A word for each value.
template <typename Value>
Reader word(Value& target, std::initializer_list<std::pair<const char*, Value>> words) {
    return [&target, words = std::vector(words)](const json::value& value) {
        const auto given = json::value_to<std::string>(value);
        std::string known;
        for (const auto& [name, meant] : words) {
            if (given == name) {
                target = meant;
                return;
            }
            known += (known.empty() ? "" : ", ") + std::string(name);
        }
        throw std::invalid_argument("must be one of " + known);
    };
}

void add_cut(Readers& readers, Cut& cut) {
    readers["fault"] = word<Fault>(
        cut.fault, {{"close", Fault::close}, {"reset", Fault::reset}, {"hang", Fault::hang}});
    readers["after"] = number(cut.after);
    readers["more"] = number(cut.more);
}

Pace parse_pace(const json::value& value) {
    Pace pace;
    read_object(value, "pace",
                {{"bytes", number(pace.bytes)},
                 {"ms", milliseconds(pace.pause)},
                 {"jitter", truth(pace.jitter)}});
    return pace;
}

// A body is given in one of several ways; several of them follow each other.
void add_body(Readers& readers, std::string& target) {
    const auto add = [&](const char* key, auto read) {
        readers[key] = [&target, read](const json::value& member) { target += read(member); };
    };
    const auto as_text = [](const json::value& member) {
        return json::value_to<std::string>(member);
    };
    add("body", as_text);
    add("body_file", [=](const json::value& file) { return contents_of(as_text(file)); });
    add("body_base64", [=](const json::value& coded) { return decoded(as_text(coded)); });
    add("body_repeated", repeated);
    add("json", [](const json::value& member) { return json::serialize(member); });
}

Reply parse_reply(const json::value& value, const std::string& place) {
    Reply reply;
    bool gzip = false;
    Readers readers{
        {"method", text(reply.method)},
        {"path", text(reply.path)},
        {"query", text(reply.query)},
        {"if_headers", headers(reply.if_headers)},
        {"times", number(reply.times)},
        {"delay_ms", milliseconds(reply.delay)},
        {"pace", [&](const json::value& member) { reply.pace = parse_pace(member); }},
        {"endless", word<Endless>(reply.endless, {{"interim", Endless::interim},
                                                  {"headers", Endless::headers},
                                                  {"body", Endless::body},
                                                  {"chunks", Endless::chunks}})},
        {"status", number(reply.status)},
        {"headers", headers(reply.headers)},
        {"gzip", truth(gzip)},
        {"chunked", truth(reply.chunked)},
        {"cut_after", number(reply.cut_after)},
        {"raw", text(reply.raw)},
    };
    add_cut(readers, reply.cut);
    add_body(readers, reply.body);
    read_object(value, place, readers);
    if (reply.path.empty()) {
        refuse(place + ".path", "is missing");
    }
    if (gzip) {
        reply.body = gzipped(reply.body);
        reply.headers.emplace_back("Content-Encoding", "gzip");
    }
    return reply;
}

Certificate parse_certificate(const json::value& value, const std::string& place) {
    Certificate certificate;
    read_object(value, place,
                {
                    {"hosts",
                     [&](const json::value& hosts) {
                         certificate.hosts = json::value_to<std::vector<std::string>>(hosts);
                     }},
                    {"expired", truth(certificate.expired)},
                    {"early", truth(certificate.early)},
                    {"self_signed", truth(certificate.self_signed)},
                    {"rsa", truth(certificate.rsa)},
                    {"other", truth(certificate.other)},
                    {"by_expired", truth(certificate.by_expired)},
                });
    return certificate;
}

Relay parse_relay(const json::value& value, const std::string& place) {
    Relay relay;
    Readers readers{{"to", text(relay.to)}};
    add_cut(readers, relay.cut);
    read_object(value, place, readers);
    return relay;
}

JumpboxSettings parse_jumpbox(const json::value& value, const std::string& place) {
    JumpboxSettings jumpbox;
    read_object(value, place, {{"options", text(jumpbox.options)}});
    return jumpbox;
}

void add_headers(Reply& reply, const Headers& headers) {
    for (const auto& header : headers) {
        const bool has = std::any_of(
            reply.headers.begin(), reply.headers.end(),
            [&](const auto& own) { return boost::algorithm::iequals(own.first, header.first); });
        if (!has) {
            reply.headers.push_back(header);
        }
    }
}

Server parse_server(const json::value& value, const std::string& place) {
    Server server;
    read_object(
        value, place,
        {
            {"name", text(server.name)},
            {"tls", truth(server.tls)},
            {"certificate",
             [&](const json::value& member) {
                 server.certificate = parse_certificate(member, place + ".certificate");
             }},
            {"connect_to", text(server.connect_to)},
            {"greeting", text(server.greeting)},
            {"relay",
             [&](const json::value& member) {
                 server.relay = parse_relay(member, place + ".relay");
             }},
            {"replies", list_of(server.replies, place + ".replies", parse_reply)},
            {"headers", headers(server.headers)},
            {"director",
             [&](const json::value& member) {
                 server.director = parse_director(member, place + ".director");
             }},
            {"uaa",
             [&](const json::value& member) { server.uaa = parse_uaa(member, place + ".uaa"); }},
            {"concourse",
             [&](const json::value& member) {
                 server.concourse = parse_concourse(member, place + ".concourse");
             }},
            {"jumpbox",
             [&](const json::value& member) {
                 server.jumpbox = parse_jumpbox(member, place + ".jumpbox");
             }},
        });
    if (server.name.empty()) {
        refuse(place + ".name", "is missing");
    }
    for (Reply& reply : server.replies) {
        add_headers(reply, server.headers);
    }
    return server;
}

}  // namespace

Settings parse_settings(std::string_view text_of_settings) {
    boost::system::error_code error;
    const json::value value =
        json::parse({text_of_settings.data(), text_of_settings.size()}, error);
    if (error) {
        refuse("settings", "not JSON: " + error.message());
    }
    Settings settings;
    read_object(value, "settings",
                {
                    {"servers", list_of(settings.servers, "settings.servers", parse_server)},
                    {"record", text(settings.record)},
                    {"folder", text(settings.folder)},
                });
    if (settings.folder.empty()) {
        refuse("settings.folder", "is missing");
    }
    return settings;
}

}  // namespace standin
