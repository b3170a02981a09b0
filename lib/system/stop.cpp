#include "system/stop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

#include "core/failure.h"

namespace upkeep {

namespace {

Stop* stop_of_the_process = nullptr;

void on_signal(int) {
    const int saved = errno;
    stop_of_the_process->request();
    errno = saved;
}

}  // namespace

Stop::Stop() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) {
        throw Failure("starting", std::generic_category().message(errno));
    }
}

Stop::~Stop() {
    close(descriptor_);
}

void Stop::request() noexcept {
    const std::uint64_t one = 1;
    // Fails only when it is readable already, which is what is wanted.
    [[maybe_unused]] const auto written = write(descriptor_, &one, sizeof one);
}

bool Stop::requested() const noexcept {
    pollfd wanted{descriptor_, POLLIN, 0};
    return poll(&wanted, 1, 0) == 1;
}

void Stop::throw_if_requested() const {
    if (requested()) {
        throw Stopped();
    }
}

void stop_on_signals(Stop& stop) {
    stop_of_the_process = &stop;
    struct sigaction action = {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGHUP, &action, nullptr);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
    sigaction(SIGXFSZ, &action, nullptr);  // a file that may not grow is an error of the write too
}

}  // namespace upkeep
