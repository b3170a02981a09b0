// The static program's own fopen, by which c-ares reads the host's resolv.conf, hosts and the like
// (the linker leads every call here: --wrap). A pipe that nobody writes to, a device without end or
// a file of a terabyte counts as absent; to wait for them would be to hang.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

// NOLINTBEGIN(bugprone-reserved-identifier): the names are the linker's
extern "C" FILE* __real_fopen(char const* path, char const* mode);

extern "C" FILE* __wrap_fopen(char const* path, char const* mode) {
    constexpr off_t largest = 16 << 20;  // a list of blocked hosts has some megabytes
    if (mode[0] != 'r') {
        return __real_fopen(path, mode);
    }
    int const file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        return nullptr;
    }
    struct stat what {};
    FILE* opened = nullptr;
    if (fstat(file, &what) == 0 && S_ISREG(what.st_mode) && what.st_size <= largest) {
        opened = fdopen(file, mode);
    } else {
        errno = ENOENT;  // what c-ares takes for an absent file
    }
    if (opened == nullptr) {
        int const saved = errno;
        close(file);
        errno = saved;
    }
    return opened;
}
// NOLINTEND(bugprone-reserved-identifier)
