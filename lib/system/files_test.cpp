#include "system/files.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core/failure.h"
#include "system/descriptor.h"
#include "tests/temporary_folder.h"

using upkeep::Descriptor;
using upkeep::Stop;

namespace {

bool everywhere(const std::string&) {
    return true;
}

// As proc(5) says of /proc/locks: "-> FLOCK ADVISORY WRITE 123 ...".
bool waits_for_a_lock(pid_t process) {
    std::ifstream locks("/proc/locks");
    std::string line;
    while (std::getline(locks, line)) {
        if (line.find("->") != std::string::npos &&
            line.find(" " + std::to_string(process) + " ") != std::string::npos) {
            return true;
        }
    }
    return false;
}

std::string why(const std::string& path, std::size_t limit) {
    const Stop stop;
    try {
        upkeep::read_file(path, limit, "reading", stop);
        return "fine";
    } catch (const upkeep::Failure& failure) {
        return failure.why();
    }
}

}  // namespace

TEST_CASE("a folder in the way of one file changes none") {
    const TemporaryFolder folder;
    const Stop stop;
    upkeep::write_files(folder.path(), {{"one", "old"}}, stop);
    std::filesystem::create_directory(folder / "two");
    CHECK_THROWS_WITH_AS(upkeep::write_files(folder.path(), {{"one", "new"}, {"two", "new"}}, stop),
                         doctest::Contains("a folder has this name"), upkeep::Failure);
    CHECK(upkeep::read_file(folder / "one", 10, "reading", stop) == "old");
    CHECK(upkeep::files_below(folder.path(), 10, "reading", everywhere) ==
          std::vector<std::string>{"one"});
}

TEST_CASE("who writes into a folder waits for another who does, and mixes nothing") {
    const TemporaryFolder folder;
    const Stop stop;
    const Descriptor held(open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    REQUIRE(flock(held.get(), LOCK_EX) == 0);
    const pid_t writer = fork();
    if (writer == 0) {
        upkeep::write_files(folder.path(), {{"one", "1"}, {"two", "2"}}, stop);
        _exit(0);
    }
    bool ended = false;
    while (!ended && !waits_for_a_lock(writer)) {
        ended = waitpid(writer, nullptr, WNOHANG) == writer;
    }
    REQUIRE_FALSE(ended);
    CHECK_FALSE(std::filesystem::exists(folder / "one"));
    flock(held.get(), LOCK_UN);
    waitpid(writer, nullptr, 0);
    CHECK(upkeep::read_file(folder / "one", 10, "reading", stop) == "1");
    CHECK(upkeep::read_file(folder / "two", 10, "reading", stop) == "2");
}

TEST_CASE("files are written whole, with nothing else beside them, and read back") {
    const TemporaryFolder folder;
    const Stop stop;
    const std::string large(300'000, 'x');
    upkeep::write_files(folder / "a/b", {{"one", "1\n"}, {"large", large}, {"empty", ""}}, stop);
    CHECK(upkeep::files_below(folder.path(), 10, "reading", everywhere) ==
          std::vector<std::string>{"a/b/empty", "a/b/large", "a/b/one"});
    CHECK(upkeep::read_file(folder / "a/b/large", large.size(), "reading", stop) == large);
    upkeep::write_files(folder / "a/b", {{"one", "2\n"}}, stop);
    CHECK(upkeep::read_file(folder / "a/b/one", 10, "reading", stop) == "2\n");
}

TEST_CASE("when one file cannot be written, none gets its name") {
    const TemporaryFolder folder;
    const Stop stop;
    CHECK_THROWS_AS(
        upkeep::write_files(folder.path(), {{"one", "1\n"}, {"no/such/folder", "2\n"}}, stop),
        upkeep::Failure);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a stop is noticed while a file's content is being made, and leaves nothing") {
    const TemporaryFolder folder;
    Stop stop;
    int pieces = 0;
    const upkeep::File endless("endless", [&](const upkeep::Sink& sink) {
        for (; pieces < 1'000; ++pieces) {
            sink("piece\n");
            if (pieces == 3) {
                stop.request();
            }
        }
    });
    CHECK_THROWS_AS(upkeep::write_files(folder.path(), {{"one", "1\n"}, endless}, stop),
                    upkeep::Stopped);
    CHECK(pieces == 4);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("what cannot be read, or is too large, is said") {
    const TemporaryFolder folder;
    const Stop stop;
    upkeep::write_files(folder.path(), {{"ten", "0123456789"}}, stop);
    CHECK(why(folder / "ten", 10) == "fine");
    CHECK(why(folder / "ten", 9).find("it is larger than") == 0);
    CHECK(why(folder / "none", 9) == "it cannot be opened: No such file or directory");
    CHECK(why(folder.path(), 9) == "it cannot be read: Is a directory");
}

TEST_CASE("a folder is walked to a limit, without what is hidden") {
    const TemporaryFolder folder;
    const Stop stop;
    upkeep::write_files(folder / ".git", {{"config", ""}}, stop);
    upkeep::write_files(folder / "x", {{"a", ""}, {".b", ""}, {"c", ""}}, stop);
    CHECK(upkeep::files_below(folder.path(), 2, "reading", everywhere) ==
          std::vector<std::string>{"x/a", "x/c"});
    CHECK(upkeep::files_below(folder.path(), 2, "reading", [](const std::string& path) {
              return path != "x";
          }).empty());
    CHECK_THROWS_AS(upkeep::files_below(folder.path(), 1, "reading", everywhere), upkeep::Failure);
    CHECK_THROWS_AS(upkeep::files_below(folder / "none", 1, "reading", everywhere),
                    upkeep::Failure);
}

TEST_CASE(
    "in a folder a link is the file that it leads to, and one to a folder or to nothing none") {
    const TemporaryFolder folder;
    const Stop stop;
    upkeep::write_files(folder / "x", {{"a", ""}}, stop);
    REQUIRE(symlink("x/a", (folder / "file").c_str()) == 0);
    REQUIRE(symlink("x", (folder / "folder").c_str()) == 0);
    REQUIRE(symlink("none", (folder / "nothing").c_str()) == 0);
    REQUIRE(symlink("itself", (folder / "itself").c_str()) == 0);
    CHECK(upkeep::files_below(folder.path(), 9, "reading", everywhere) ==
          std::vector<std::string>{"file", "x/a"});
}

TEST_CASE("a stop ends reading, even of what never says anything") {
    const TemporaryFolder folder;
    Stop stop;
    REQUIRE(mkfifo((folder / "silent").c_str(), 0600) == 0);
    stop.request();
    // Held open for writing by ourselves, so that opening it does not wait.
    const int writer = open((folder / "silent").c_str(), O_RDWR);
    CHECK_THROWS_AS(upkeep::read_file(folder / "silent", 10, "reading", stop), upkeep::Stopped);
    close(writer);
}

TEST_CASE("a pipe that nobody writes to yet is waited for, until a stop") {
    const TemporaryFolder folder;
    const std::string pipe = folder / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    Stop stop;
    stop.request();
    CHECK_THROWS_AS(upkeep::read_file(pipe, 10, "reading", stop), upkeep::Stopped);
}

TEST_CASE("what is written to a pipe later is read, in pieces") {
    const TemporaryFolder folder;
    const std::string pipe = folder / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    const Stop stop;
    const std::string large(300'000, 'x');
    std::jthread writer([&] {
        // Blocks until somebody reads.
        const int descriptor = open(pipe.c_str(), O_WRONLY | O_CLOEXEC);
        for (std::size_t at = 0; at < large.size();) {
            const ssize_t count = write(descriptor, large.data() + at, large.size() - at);
            if (count < 0) {
                break;
            }
            at += static_cast<std::size_t>(count);
        }
        close(descriptor);
    });
    CHECK(upkeep::read_file(pipe, large.size(), "reading", stop) == large);
}
