#include "journal.h"

#include <boost/json.hpp>
#include <chrono>
#include <stdexcept>

namespace standin {

namespace json = boost::json;

namespace {

double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Journal::Journal(const std::string& path) {
    if (path.empty()) {
        return;
    }
    stream_.open(path, std::ios::app);
    if (!stream_) {
        throw std::runtime_error("cannot write " + path);
    }
}

void Journal::request(const Arrival& arrival) {
    json::array headers;
    for (const auto& [name, value] : arrival.headers) {
        headers.push_back(json::array{name, value});
    }
    json::object line{
        {"event", "request"},       {"at", seconds_now()},
        {"server", arrival.server}, {"connection", arrival.connection},
        {"sni", arrival.sni},       {"method", arrival.method},
        {"target", arrival.target}, {"headers", std::move(headers)},
        {"body", arrival.body},     {"reply", nullptr},
    };
    if (arrival.reply) {
        line["reply"] = *arrival.reply;
    } else if (arrival.played) {
        line["reply"] = "played";
    }
    stream_ << json::serialize(line) << std::endl;
}

void Journal::failure(const std::string& server, std::uint64_t connection, const std::string& why) {
    const json::object line{
        {"event", "failure"}, {"server", server}, {"connection", connection}, {"why", why}};
    stream_ << json::serialize(line) << std::endl;
}

void Journal::secret(const std::string& value) {
    stream_ << json::serialize(json::object{{"event", "secret"}, {"value", value}}) << std::endl;
}

}  // namespace standin
