// The stream of a build's events: server-sent events, each a JSON object.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace upkeep::atc {

inline constexpr std::size_t event_bytes = 4U << 20U;  // of one; a line of a log is one

// Takes the stream piece by piece.
class EventStream {
  public:
    // {"event": "log", "version": "5.1", "data": {...}}, with its number.
    using OnEvent = std::function<void(std::uint64_t number, const json::object& event)>;

    EventStream(std::string doing, OnEvent on_event)
        : doing_(std::move(doing)), on_event_(std::move(on_event)) {}

    // Calls on_event for each event that is complete now. Throws Failure for what is no such
    // stream, and for an event beyond event_bytes.
    void take(std::string_view piece);
    // The stream's own end has come: Concourse then holds the connection.
    bool ended() const { return ended_; }

  private:
    void take_line(std::string_view line);
    void hand_over();

    std::string doing_;
    OnEvent on_event_;
    std::string rest_;  // of a line that is not complete
    std::string name_, data_, id_;
    bool ended_ = false;
};

}  // namespace upkeep::atc
