#include "system/ticket_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include "core/failure.h"
#include "system/file_system.h"

namespace upkeep {

namespace {

constexpr off_t lock_byte = 0;
constexpr Ticket first_ticket = 1;
constexpr Ticket last_ticket = std::numeric_limits<off_t>::max() - 1;

std::string opening(const std::string& path) {
    return "opening " + path;
}

// With O_CREAT alone the kernel may refuse another user's file in a folder that all share
// (fs.protected_regular), so that is only for a file that is not there.
int open_or_make(const std::string& path) {
    constexpr int how = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
    while (true) {
        int file = open(path.c_str(), how);
        if (file >= 0 || errno != ENOENT) {
            return file;
        }
        constexpr mode_t for_everybody = 0666;
        const mode_t mask = umask(0);  // no other thread makes files
        file = open(path.c_str(), how | O_CREAT | O_EXCL, for_everybody);
        const int error = errno;
        umask(mask);
        errno = error;
        if (file >= 0 || errno != EEXIST) {
            return file;
        }
    }
}

std::string advice_for(int error, const std::string& path) {
    struct stat what = {};
    const bool is_there = lstat(path.c_str(), &what) == 0;
    switch (error) {
        case EACCES:
        case EPERM:
            return is_there
                       ? "Whoever stands in line has to write to it: chmod 666, or another "
                         "--folder."
                       : "It is made by whoever comes first, who may make no file in this folder: "
                         "give another --folder.";
        case ELOOP:
            return "It is a symbolic link, which is not followed.";
        case ENOENT:
            return "Is the folder there?";
        default:
            return {};
    }
}

struct stat look_at(int file, const std::string& path) {
    struct stat what = {};
    if (fstat(file, &what) != 0) {
        throw Failure(opening(path), error_text());
    }
    return what;
}

Descriptor opened(const std::string& path) {
    Descriptor file(open_or_make(path));
    if (file.get() < 0) {
        const int error = errno;
        throw Failure(opening(path), error_text(), advice_for(error, path));
    }
    const struct stat what = look_at(file.get(), path);
    if (!S_ISREG(what.st_mode) || what.st_nlink > 1) {
        throw Failure(opening(path), "it is no regular file of its own",
                      "Remove it, or give another --folder.");
    }
    if (const auto place = not_of_this_machine(file.get(), opening(path))) {
        throw Failure(opening(path),
                      "it lies on " + *place + ", where locks may be lost without a word",
                      "Give a --folder on a disk of this machine: the limit is this machine's.");
    }
    return file;
}

struct flock range(short type, off_t from, off_t length) {
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = from;
    lock.l_len = length;
    return lock;
}

// Any lock of others in [from, to); nothing where there is none.
std::optional<struct flock> lock_within(int file, off_t from, off_t to, const std::string& path) {
    struct flock lock = range(F_WRLCK, from, to - from);
    while (fcntl(file, F_OFD_GETLK, &lock) != 0) {
        if (errno != EINTR) {
            throw Failure("looking at the locks of " + path, error_text());
        }
    }
    return lock.l_type == F_UNLCK ? std::nullopt : std::optional(lock);
}

// False where another has it.
bool lock(int file, off_t byte, const std::string& path) {
    struct flock wanted = range(F_WRLCK, byte, 1);
    while (fcntl(file, F_OFD_SETLK, &wanted) != 0) {
        if (errno == EAGAIN || errno == EACCES) {
            return false;
        }
        if (errno != EINTR) {
            throw Failure("locking a byte of " + path, error_text(),
                          errno == ENOLCK ? "The system has no more room for locks." : "");
        }
    }
    return true;
}

}  // namespace

std::string shared_folder() {
    // On some systems root alone may write there. What decides is not whether we may: root would
    // stand in a line of its own.
    const std::string best = "/run/lock";
    struct stat what = {};
    const bool serves =
        stat(best.c_str(), &what) == 0 && S_ISDIR(what.st_mode) && (what.st_mode & S_IWOTH) != 0;
    return serves ? best : "/tmp";
}

Ticket next_ticket(const std::vector<Ticket>& held) {
    return held.empty() ? first_ticket : held.back() + 1;
}

TicketFile::TicketFile(std::string path)
    : path_(std::move(path)), asker_(opened(path_)), holder_(opened(path_)) {
    const struct stat one = look_at(asker_.get(), path_);
    const struct stat other = look_at(holder_.get(), path_);
    if (one.st_dev != other.st_dev || one.st_ino != other.st_ino) {
        throw Failure(opening(path_), "it was replaced meanwhile",
                      "What removes files in its folder has to spare this one.");
    }
}

bool TicketFile::is_in_place() const {
    struct stat there = {};
    const struct stat here = look_at(asker_.get(), path_);
    return lstat(path_.c_str(), &there) == 0 && there.st_dev == here.st_dev &&
           there.st_ino == here.st_ino;
}

bool TicketFile::try_lock() {
    return lock(asker_.get(), lock_byte, path_);
}

void TicketFile::unlock() {
    struct flock none = range(F_UNLCK, lock_byte, 1);
    fcntl(asker_.get(), F_OFD_SETLK, &none);
}

std::optional<int> TicketFile::process_that_locks() const {
    const auto found = lock_within(asker_.get(), lock_byte, lock_byte + 1, path_);
    return found && found->l_pid > 0 ? std::optional(static_cast<int>(found->l_pid)) : std::nullopt;
}

Ticket TicketFile::take() {
    const Ticket ticket = next_ticket(held());
    if (ticket > last_ticket || !lock(holder_.get(), ticket, path_)) {
        throw Failure("taking a ticket of " + path_, "another program has locked the file",
                      "fuser " + path_ + " names the processes that have it open.");
    }
    return ticket;
}

bool TicketFile::is_held(Ticket ticket) const {
    return lock_within(asker_.get(), ticket, ticket + 1, path_).has_value();
}

// The kernel names any lock that it comes upon, so what lies before and behind it is left to ask.
std::vector<Ticket> TicketFile::held() const {
    std::vector<Ticket> found;
    std::vector<std::pair<Ticket, Ticket>> left{{first_ticket, last_ticket + 1}};
    while (!left.empty()) {
        const auto [from, to] = left.back();
        left.pop_back();
        const auto one = from < to ? lock_within(asker_.get(), from, to, path_) : std::nullopt;
        if (!one) {
            continue;
        }
        if (one->l_len != 1) {
            throw Failure("looking at the locks of " + path_, "another program has locked the file",
                          "fuser " + path_ + " names the processes that have it open.");
        }
        found.push_back(one->l_start);
        left.emplace_back(from, one->l_start);
        left.emplace_back(one->l_start + 1, to);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::optional<std::string> TicketFile::read(std::size_t limit) const {
    std::string text(limit + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t count =
            pread(asker_.get(), text.data() + size, text.size() - size, static_cast<off_t>(size));
        if (count < 0 && errno != EINTR) {
            return std::nullopt;
        }
        if (count == 0) {
            text.resize(size);
            return text;
        }
        size += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    return std::nullopt;
}

bool TicketFile::write(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count =
            pwrite(asker_.get(), text.data() + done, text.size() - done, static_cast<off_t>(done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    // Where there is no room, an empty file says less, but nothing that is wrong.
    const bool whole = done == text.size();
    return ftruncate(asker_.get(), whole ? static_cast<off_t>(done) : 0) == 0 && whole;
}

}  // namespace upkeep
