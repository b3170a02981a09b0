// The tasks of a director: how they begin, how they are asked after, what they put out.
#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/json.hpp>
#include <charconv>

#include "director.h"

namespace standin {
namespace {

namespace json = boost::json;

// What is usual in a row of a result of `vms`; the case names the rest.
json::object usual_vm(std::size_t number) {
    const std::string id = std::to_string(number);
    return {{"vm_cid", "vm-" + id},
            {"active", true},
            {"vm_created_at", "2026-11-01T08:00:00Z"},
            {"cloud_properties", json::object()},
            {"disk_cid", nullptr},
            {"disk_cids", json::array()},
            {"ips", json::array{"10.0.16." + id}},
            {"agent_id", "agent-" + id},
            {"job_name", "vm"},
            {"index", number},
            {"job_state", "running"},
            {"state", "started"},
            {"vm_type", "default"},
            {"vitals", nullptr},
            {"processes", json::array()},
            {"az", "z1"},
            {"id", "instance-" + id},
            {"bootstrap", number == 0},
            {"ignore", false},
            {"stemcell", {{"name", nullptr}, {"version", nullptr}, {"api_version", nullptr}}}};
}

// As a web server does: a range of bytes that begins somewhere, of a text that is not empty.
Reply in_range(const std::string& text, const std::string& range) {
    Reply reply = director_says(200, text);
    std::size_t start = 0;
    constexpr std::string_view unit = "bytes=";
    const char* const end = range.data() + range.size();
    if (text.empty() || !range.starts_with(unit) || !range.ends_with('-') ||
        std::from_chars(range.data() + unit.size(), end, start).ptr != end - 1) {
        return reply;
    }
    const std::string size = std::to_string(text.size());
    if (start >= text.size()) {
        reply.status = 416;
        reply.headers.emplace_back("Content-Range", "bytes */" + size);
        reply.body = "Byte range unsatisfiable";
        return reply;
    }
    reply.status = 206;
    reply.headers.emplace_back("Content-Range", "bytes " + std::to_string(start) + "-" +
                                                    std::to_string(text.size() - 1) + "/" + size);
    reply.body = text.substr(start);
    return reply;
}

}  // namespace

Reply Director::start_task(const Holder& who, const Arrival& arrival,
                           const Deployment& deployment) {
    tasks_.push_back({&deployment, who.name()});
    const std::string path = "/tasks/" + std::to_string(tasks_.size());
    Reply reply = director_says(302, "");
    reply.headers.emplace_back(
        "Location",
        settings_.task.location.value_or(arrival.scheme + "://" + header_of(arrival, "host")) +
            path);
    return reply;
}

std::string Director::state_of(const Started& started) const {
    if (started.asked > settings_.task.polls) {
        return settings_.task.state;
    }
    return started.asked <= 1 ? "queued" : "processing";
}

// /tasks/N and /tasks/N/output.
Reply Director::task(const Holder& who, const Arrival& arrival, const Asked& asked) {
    constexpr std::string_view before = "/tasks/";
    const std::string number =
        asked.path.substr(before.size(), asked.path.find('/', before.size()) - before.size());
    std::size_t index = 0;
    std::from_chars(number.data(), number.data() + number.size(), index);
    if (index == 0 || index > tasks_.size()) {
        return director_error(404, 10'000, "Task " + number + " not found");
    }
    Started& started = tasks_[index - 1];
    const std::vector<std::string> scopes = wanted(*started.deployment, true);
    const bool may = std::any_of(scopes.begin(), scopes.end(),
                                 [&](const std::string& scope) { return who.has(scope); });
    if (asked.path.ends_with("/output")) {
        return may ? output(arrival, asked, started) : director_lacks(scopes);
    }
    if (!may) {
        return director_error(401, 600'000,
                              "One of the following scopes is required to access this task: " +
                                  boost::algorithm::join(scopes, ", "));
    }
    ++started.asked;
    const std::string state = state_of(started);
    const bool ended = state != "queued" && state != "processing";
    json::object body{{"id", index},
                      {"state", state},
                      {"description", "retrieve vm-stats"},
                      {"timestamp", nullptr},
                      {"started_at", state == "queued" ? json::value(nullptr) : 1'700'000'000},
                      {"result", ended ? json::value(settings_.task.result) : json::value(nullptr)},
                      {"user", started.user},
                      {"deployment", started.deployment->name},
                      {"context_id", ""}};
    if (ended) {
        body["timestamp"] = 1'700'000'001;
    }
    Reply reply = director_says(200, json::serialize(body));
    reply.headers = {{"Content-Type", "application/json"}};
    return reply;
}

Reply Director::output(const Arrival& arrival, const Asked& asked, const Started& started) const {
    const std::string type = value_of(asked.query, "type");
    if (type.empty()) {
        return director_lacks(wanted(false));
    }
    if (type != "result" && type != "event") {
        return director_error(401, 600'000, "Unknown type " + type);
    }
    if (state_of(started) == "queued") {
        return director_says(204, "");
    }
    const std::string text = type == "event"               ? settings_.task.events
                             : state_of(started) == "done" ? rows_of(started)
                                                           : "";
    return in_range(text, header_of(arrival, "range"));
}

std::string Director::rows_of(const Started& started) const {
    std::string lines;
    for (std::size_t index = 0; index < started.deployment->vms.size(); ++index) {
        json::object row = usual_vm(index);
        for (const auto& [key, value] : started.deployment->vms[index].as_object()) {
            row[key] = value;
        }
        lines += json::serialize(row) + "\n";
    }
    return lines;
}

}  // namespace standin
