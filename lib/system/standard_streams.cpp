#include "system/standard_streams.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/failure.h"
#include "system/descriptor.h"
#include "system/files.h"

namespace upkeep {

void secure_standard_streams() {
    for (int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) {
            continue;
        }
        // The reading end of a pipe without a writer takes the lowest free number, which is this
        // one: it reads as empty, and writing to it fails.
        std::array<int, 2> ends{};
        if (pipe(ends.data()) == 0) {
            close(ends[1]);
        }
    }
}

std::string read_file_or_standard_input(const std::string& path, std::size_t limit,
                                        const std::string& doing, const Stop& stop) {
    return is_standard_input(path) ? read_standard_input(limit, doing, stop)
                                   : read_file(path, limit, doing, stop);
}

std::string read_standard_input(std::size_t limit, const std::string& doing, const Stop& stop) {
    return read_all(STDIN_FILENO, limit, doing, stop);
}

void print_answer(std::string_view text, const Stop& stop) {
    const std::string doing = "printing the answer to standard output";
    write_all(STDOUT_FILENO, text, doing, stop);
    // Some file systems say only now that there was no room.
    if (close(STDOUT_FILENO) != 0 && errno != EINTR) {
        throw Failure(doing, "it cannot be written: " + error_text());
    }
}

void print_error(std::string_view text) noexcept {
    while (!text.empty()) {
        const ssize_t count = write(STDERR_FILENO, text.data(), text.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

bool is_terminal(int descriptor) {
    return isatty(descriptor) == 1;
}

TerminalSize terminal_size(int descriptor) {
    winsize size{};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? TerminalSize{size.ws_col, size.ws_row}
                                                     : TerminalSize{};
}

}  // namespace upkeep
