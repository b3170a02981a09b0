#include "resource/rollout/log_tail.h"

#include <algorithm>

namespace upkeep::rollout {

namespace {

bool says_failure(const std::string& type, const json::object& data) {
    if (type == "error") {
        return true;
    }
    const json::value* status = data.if_contains("exit_status");
    return type.starts_with("finish-") && status != nullptr && status->is_int64() &&
           status->get_int64() != 0;
}

}  // namespace

void LogTail::take(const json::object& event) {
    const json::object* data = object_in(event, "data");
    const json::object* origin = data == nullptr ? nullptr : object_in(*data, "origin");
    const std::string id = origin == nullptr ? "" : text_in(*origin, "id");
    const std::string type = text_in(event, "event");
    if (data == nullptr) {
        return;
    }
    if (type == "log") {
        add(steps_[id], text_in(*data, "payload"));
    }
    if (type == "error") {
        Step& step = steps_[id];
        add(step, (step.rest.empty() ? "" : "\n") + text_in(*data, "message") + "\n");
    }
    if (says_failure(type, *data)) {
        failed_ = id;
    }
}

void LogTail::add(Step& step, const std::string& text) {
    for (const char c : text) {
        if (c != '\n') {
            if (step.rest.size() < line_bytes) {
                step.rest += c;
            }
            continue;
        }
        if (step.rest.ends_with('\r')) {
            step.rest.pop_back();
        }
        step.lines.push_back(std::move(step.rest));
        step.rest.clear();
        if (step.lines.size() > lines) {
            step.lines.pop_front();
        }
    }
}

std::vector<std::string> LogTail::of_failed_step() const {
    const auto found = steps_.find(failed_);
    if (found == steps_.end()) {
        return {};
    }
    std::vector<std::string> tail(found->second.lines.begin(), found->second.lines.end());
    if (!found->second.rest.empty()) {
        tail.push_back(found->second.rest);
    }
    return tail;
}

}  // namespace upkeep::rollout
