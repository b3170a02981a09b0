#include "system/descriptor.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "core/failure.h"
#include "core/moment.h"

namespace upkeep {

namespace {

// Returns once the descriptor can be read or written (`events`), throws Stopped.
void wait_for(int descriptor, short events, const Stop& stop) {
    std::array<pollfd, 2> wanted{{{descriptor, events, 0}, {stop.descriptor(), POLLIN, 0}}};
    while (poll(wanted.data(), wanted.size(), -1) < 0 && errno == EINTR) {
    }
    stop.throw_if_requested();
}

bool again() {
    return errno == EINTR || errno == EAGAIN;
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        close(number_);
    }
}

int Descriptor::release() {
    return std::exchange(number_, -1);
}

std::string error_text() {
    return std::generic_category().message(errno);
}

std::string read_all(int descriptor, std::size_t limit, const std::string& doing,
                     const Stop& stop) {
    std::string text;
    std::string buffer(65536, '\0');  // not on the stack, which may be no larger
    while (true) {
        wait_for(descriptor, POLLIN, stop);
        const ssize_t count = read(descriptor, buffer.data(), buffer.size());
        if (count == 0) {
            return text;
        }
        if (count < 0) {
            if (again()) {
                continue;
            }
            throw Failure(doing, "it cannot be read: " + error_text());
        }
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > limit) {
            throw Failure(doing, "it is larger than " + size_text(limit), "Is it the right one?");
        }
    }
}

void write_all(int descriptor, std::string_view text, const std::string& doing, const Stop& stop) {
    // What poll calls writable takes this much without blocking, so that a stop is noticed in time.
    constexpr std::size_t most_at_once = 4096;
    while (!text.empty()) {
        wait_for(descriptor, POLLOUT, stop);
        const ssize_t count = write(descriptor, text.data(), std::min(text.size(), most_at_once));
        if (count < 0) {
            if (again()) {
                continue;
            }
            throw Failure(doing, "it cannot be written: " + error_text());
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace upkeep
