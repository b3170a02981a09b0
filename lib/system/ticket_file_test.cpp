#include "system/ticket_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include "core/failure.h"
#include "tests/temporary_folder.h"

using namespace upkeep;

TEST_CASE("Tickets are numbers above all that are held, for as long as they are") {
    const TemporaryFolder folder;
    const std::string path = folder / "a.throttle";
    TicketFile first(path);
    CHECK(first.held().empty());
    CHECK(first.take() == 1);
    auto second = std::make_unique<TicketFile>(path);
    CHECK(second->take() == 2);
    {
        TicketFile third(path);
        CHECK(third.take() == 3);
        CHECK(first.held() == std::vector<Ticket>{1, 2, 3});
        CHECK(third.held() == std::vector<Ticket>{1, 2, 3});
        second.reset();
        CHECK(third.held() == std::vector<Ticket>{1, 3});
        CHECK_FALSE(first.is_held(2));
        CHECK(first.is_held(3));
        CHECK(first.is_held(1));
        TicketFile fourth(path);
        CHECK(fourth.take() == 4);
    }
    CHECK(first.held() == std::vector<Ticket>{1});
}

TEST_CASE("A ticket is held for as long as a process has its descriptor") {
    const TemporaryFolder folder;
    TicketFile one(folder / "a.throttle");
    auto other = std::make_unique<TicketFile>(folder / "a.throttle");
    const Ticket ticket = other->take();
    {
        const Descriptor inherited(dup(other->holder()));
        other.reset();
        CHECK(one.is_held(ticket));
    }
    CHECK_FALSE(one.is_held(ticket));
}

TEST_CASE("One process at a time takes tickets") {
    const TemporaryFolder folder;
    TicketFile one(folder / "a.throttle");
    TicketFile other(folder / "a.throttle");
    CHECK(one.try_lock());
    CHECK_FALSE(other.try_lock());
    one.unlock();
    CHECK(other.try_lock());
}

TEST_CASE("Everybody may write to the file, whatever the umask of whoever made it") {
    const TemporaryFolder folder;
    const mode_t mask = umask(077);
    const TicketFile file(folder / "a.throttle");
    umask(mask);
    struct stat what = {};
    REQUIRE(stat(file.path().c_str(), &what) == 0);
    CHECK((what.st_mode & 0777) == 0666);
}

TEST_CASE("A file that was removed or replaced is noticed") {
    const TemporaryFolder folder;
    const TicketFile file(folder / "a.throttle");
    CHECK(file.is_in_place());
    std::filesystem::remove(file.path());
    CHECK_FALSE(file.is_in_place());
    const TicketFile another(folder / "a.throttle");
    CHECK_FALSE(file.is_in_place());
    CHECK(another.is_in_place());
}

TEST_CASE("What is no file of its own is refused") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "folder");
    std::filesystem::create_symlink("target", folder / "link");
    std::ofstream(folder / "two") << "text";
    std::filesystem::create_hard_link(folder / "two", folder / "names");
    REQUIRE(mkfifo((folder / "pipe").c_str(), 0666) == 0);
    for (const char* name : {"folder", "link", "names", "pipe", "none/none"}) {
        CAPTURE(name);
        CHECK_THROWS_AS(TicketFile(folder / name), Failure);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "target"));
    CHECK_THROWS_WITH_AS(TicketFile("/proc/self/comm"), doctest::Contains("a file system of type"),
                         Failure);
}

TEST_CASE("Locks of another program are no tickets") {
    const TemporaryFolder folder;
    TicketFile file(folder / "a.throttle");
    const Descriptor other(open(file.path().c_str(), O_RDWR | O_CLOEXEC));
    struct flock all = {};
    all.l_type = F_WRLCK;
    REQUIRE(fcntl(other.get(), F_OFD_SETLK, &all) == 0);
    CHECK_FALSE(file.try_lock());
    CHECK_THROWS_AS(file.take(), Failure);
}

TEST_CASE("What is written is read, and where there is no room it is empty") {
    const TemporaryFolder folder;
    TicketFile file(folder / "a.throttle");
    CHECK(file.read(10) == "");
    CHECK(file.write("0123456789"));
    CHECK(file.read(10) == "0123456789");
    CHECK(file.read(9) == std::nullopt);
    CHECK(file.write("abc"));
    CHECK(file.read(10) == "abc");

    struct rlimit before = {};
    getrlimit(RLIMIT_FSIZE, &before);
    struct rlimit full = before;
    full.rlim_cur = 5;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &full);
    const bool written = file.write("0123456789");
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK_FALSE(written);
    CHECK(file.read(10) == "");
}
