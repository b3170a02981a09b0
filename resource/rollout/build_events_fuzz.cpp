// Anything as the events of a build: where the pieces end that arrive makes no difference, nothing
// comes after the stream's own end, and the end of a log stays small.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "atc/events.h"
#include "core/failure.h"
#include "resource/rollout/log_tail.h"

namespace {

using upkeep::rollout::LogTail;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

// What has been read of it, as text: the events, whether the end has come, why it failed.
std::string read_in_pieces(std::string_view text, std::size_t piece) {
    std::string read;
    LogTail tail;
    bool ended = false;
    upkeep::atc::EventStream stream(
        "reading", [&](std::uint64_t number, const upkeep::json::object& event) {
            require(!ended, "nothing comes after the end");
            read += std::to_string(number) + " " + upkeep::to_line(event) + "\n";
            tail.take(event);
        });
    try {
        for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
            stream.take(text.substr(0, piece));
            ended = stream.ended();
        }
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
        read += failure.why();
    }
    const auto logs = tail.of_failed_steps();
    require(logs.size() <= 2, "there are few logs");
    for (const auto& lines : logs) {
        require(lines.size() <= LogTail::lines + 1, "the end of a log has few lines");
        for (const std::string& line : lines) {
            require(line.size() <= LogTail::line_bytes, "each is cut");
            require(line.find_first_of("\n\r\x1b") == std::string::npos, "and is one, and plain");
            read += "\n" + line;
        }
    }
    return read + (ended ? "\nthe end" : "");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string whole = read_in_pieces(text, std::max<std::size_t>(size, 1));
    for (const std::size_t piece : {1U, 2U, 7U, 64U}) {
        require(read_in_pieces(text, piece) == whole, "the pieces make no difference");
    }
    return 0;
}
