#include "settings.h"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "coding.h"
#include "readers.h"

namespace standin {
namespace {

namespace json = boost::json;

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

Fault parse_fault(const std::string& word) {
    if (word == "close") {
        return Fault::close;
    }
    if (word == "reset") {
        return Fault::reset;
    }
    throw std::invalid_argument("must be close or reset");
}

Reply parse_reply(const json::value& value, const std::string& place) {
    Reply reply;
    const auto body = [&reply](auto read) {
        return [&reply, read](const json::value& member) { reply.body += read(member); };
    };
    const auto as_text = [](const json::value& member) {
        return json::value_to<std::string>(member);
    };
    read_object(
        value, place,
        {
            {"method", text(reply.method)},
            {"path", text(reply.path)},
            {"query", [&](const json::value& member) { reply.query = as_text(member); }},
            {"if_headers", headers(reply.if_headers)},
            {"times", number(reply.times)},
            {"delay_ms",
             [&](const json::value& member) {
                 reply.delay = std::chrono::milliseconds(member.to_number<std::int64_t>());
             }},
            {"fault",
             [&](const json::value& member) { reply.fault = parse_fault(as_text(member)); }},
            {"status", number(reply.status)},
            {"headers", headers(reply.headers)},
            {"body", body(as_text)},
            {"body_file",
             body([&](const json::value& file) { return contents_of(as_text(file)); })},
            {"body_base64",
             body([&](const json::value& coded) { return decoded(as_text(coded)); })},
            {"body_repeated", body(repeated)},
            {"json", body([](const json::value& member) { return json::serialize(member); })},
            {"chunked", truth(reply.chunked)},
            {"cut_after", number(reply.cut_after)},
            {"raw", [&](const json::value& member) { reply.raw = as_text(member); }},
        });
    if (reply.path.empty()) {
        refuse(place + ".path", "is missing");
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
                });
    return certificate;
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
            {"replies", list_of(server.replies, place + ".replies", parse_reply)},
            {"director",
             [&](const json::value& member) {
                 server.director = parse_director(member, place + ".director");
             }},
            {"uaa",
             [&](const json::value& member) { server.uaa = parse_uaa(member, place + ".uaa"); }},
        });
    if (server.name.empty()) {
        refuse(place + ".name", "is missing");
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
