#include "atc/events.h"

#include <charconv>

#include "core/failure.h"

namespace upkeep::atc {

void EventStream::take(std::string_view piece) {
    rest_ += piece;
    std::size_t begin = 0;
    for (std::size_t end = rest_.find('\n'); end != std::string::npos && !ended_;
         end = rest_.find('\n', begin)) {
        std::string_view line = std::string_view(rest_).substr(begin, end - begin);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        take_line(line);
        begin = end + 1;
    }
    rest_.erase(0, begin);
    if (rest_.size() + data_.size() > event_bytes) {
        throw Failure(doing_, "an event is larger than upkeep reads");
    }
}

void EventStream::take_line(std::string_view line) {
    if (line.empty()) {
        hand_over();
        return;
    }
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view field = line.substr(0, colon);
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    if (value.starts_with(' ')) {
        value.remove_prefix(1);
    }
    if (field == "event") {
        name_ = value;
    } else if (field == "id") {
        id_ = value;
    } else if (field == "data") {
        data_ += (data_.empty() ? "" : "\n") + std::string(value);
    }
}

void EventStream::hand_over() {
    if (name_ == "end") {
        ended_ = true;
    } else if (name_ == "event") {
        std::uint64_t number = 0;
        std::from_chars(id_.data(), id_.data() + id_.size(), number);
        const json::value value = parse_json(data_, doing_);
        if (!value.is_object()) {
            throw Failure(doing_, "an event is " + type_name(value) + ", wanted: an object");
        }
        on_event_(number, value.get_object());
    }
    name_.clear();
    data_.clear();
    id_.clear();
}

}  // namespace upkeep::atc
