#include "resource/rollout/log_tail.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace upkeep::rollout {

namespace {

constexpr std::size_t most_steps = 1'000;  // at once

constexpr char escape = '\x1b';

// Behind ESC: "[31m", "]0;a title" up to BEL or ESC \, or one character.
std::size_t end_of_escape(std::string_view text, std::size_t at) {
    const auto after = [&](std::size_t found) {
        return found == std::string_view::npos ? text.size() : found + 1;
    };
    if (at < text.size() && text[at] == '[') {
        std::size_t end = at + 1;
        while (end < text.size() && (text[end] < '@' || text[end] > '~')) {
            ++end;
        }
        return end + 1;
    }
    if (at < text.size() && text[at] == ']') {
        const std::size_t end = text.find_first_of("\a\x1b", at);
        return end < text.size() && text[end] == escape ? after(end + 1) : after(end);
    }
    return at + 1;
}

// Colours and moves of the cursor mean nothing in an excerpt.
std::string without_escapes(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == escape) {
            at = end_of_escape(text, at + 1);
        } else {
            plain += text[at++];
        }
    }
    return plain;
}

bool says_failure(const std::string& type, const json::object& data) {
    if (type == "error") {
        return true;
    }
    // Of set_pipeline and load_var; those of the others have an exit status.
    const json::value* succeeded = data.if_contains("succeeded");
    if (type == "finish" && succeeded != nullptr && succeeded->is_bool()) {
        return !succeeded->get_bool();
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
        std::erase(failed_, id);
        failed_.push_back(id);
        if (failed_.size() > most_steps) {
            failed_.pop_front();
        }
    } else if (type == "finish" || type.starts_with("finish-") || steps_.size() > most_steps) {
        steps_.erase(id);
    }
}

void LogTail::add(Step& step, const std::string& text) {
    for (const char c : text) {
        const bool over = std::exchange(step.returned, c == '\r');
        if (c == '\n') {
            step.lines.push_back(without_escapes(step.rest));
            step.rest.clear();
            if (step.lines.size() > lines) {
                step.lines.pop_front();
            }
        } else if (c != '\r') {
            if (over) {
                step.rest.clear();
            }
            if (step.rest.size() < line_bytes) {
                step.rest += c;
            }
        }
    }
}

std::vector<std::vector<std::string>> LogTail::of_failed_steps() const {
    std::vector<std::vector<std::string>> tails;
    for (auto id = failed_.rbegin(); id != failed_.rend() && tails.size() < 2; ++id) {
        const auto found = steps_.find(*id);
        if (found == steps_.end()) {
            continue;
        }
        std::vector<std::string> tail(found->second.lines.begin(), found->second.lines.end());
        if (std::string rest = without_escapes(found->second.rest); !rest.empty()) {
            tail.push_back(std::move(rest));
        }
        tails.insert(tails.begin(), std::move(tail));
    }
    return tails;
}

}  // namespace upkeep::rollout
