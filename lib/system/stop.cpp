#include "system/stop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

#include "core/failure.h"
#include "system/signals.h"

namespace upkeep {

namespace {

Stop* stop_of_the_process = nullptr;
sigset_t ignored_at_the_start;  // zeroes, as all that is static: none

void handle(int signal, const struct sigaction& action) {
    struct sigaction before = {};
    sigaction(signal, &action, &before);
    if (before.sa_handler == SIG_IGN) {
        sigaddset(&ignored_at_the_start, signal);
    }
}

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
    handle(SIGTERM, action);
    handle(SIGINT, action);
    handle(SIGHUP, action);
    action.sa_handler = SIG_IGN;
    if (was_ignored(SIGHUP)) {
        sigaction(SIGHUP, &action, nullptr);  // nohup
    }
    if (was_ignored(SIGINT)) {
        sigaction(SIGINT, &action, nullptr);  // `upkeep ... &` in a script
    }
    handle(SIGPIPE, action);
    handle(SIGXFSZ, action);  // a file that may not grow is an error of the write too
}

bool was_ignored(int signal) noexcept {
    return sigismember(&ignored_at_the_start, signal) == 1;
}

}  // namespace upkeep
