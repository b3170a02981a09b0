#include "system/child.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "core/failure.h"
#include "system/descriptor.h"
#include "tests/temporary_folder.h"

using namespace upkeep;

namespace {

void make(const std::string& path, mode_t mode, const std::string& text = "#!/bin/sh\n") {
    std::ofstream(path) << text;
    chmod(path.c_str(), mode);
}

int run(const std::string& script) {
    const Descriptor inherited(open("/dev/null", O_RDONLY | O_CLOEXEC));
    const Stop stop;
    return run_child({find_program("sh", "/bin"), {"-c", script}, inherited.get(), {}}, stop);
}

}  // namespace

TEST_CASE("A program is found as a shell finds it") {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder / "a/b");
    std::filesystem::create_directories(folder / "c");
    make(folder / "a/plain", 0644);
    make(folder / "c/plain", 0755);
    make(folder / "a/alone", 0644);
    const std::string path = folder / "none:" + (folder / "a:") + (folder / "c");

    CHECK(find_program("plain", path).path == folder / "c/plain");
    CHECK(find_program("plain", path).status == 0);
    CHECK(find_program("alone", path).status == cannot_be_run);
    CHECK(find_program("b", path).status == cannot_be_run);
    CHECK(find_program("nothing", path).status == not_found);
    CHECK(find_program(folder / "c/plain", "").status == 0);
    CHECK(find_program(folder / "c/none", path).status == not_found);
    CHECK(find_program(folder / "c/plain/x", path).status == not_found);
    CHECK(find_program("./plain", path).status == not_found);
}

TEST_CASE("The exit status of a child, and the signal that ended it") {
    CHECK(run("exit 0") == 0);
    CHECK(run("exit 7") == 7);
    CHECK(run("kill -KILL $$") == 137);
    CHECK(run("kill -TERM $$") == 143);
}

TEST_CASE("A stop before the start starts nothing") {
    const TemporaryFolder folder;
    Stop stop;
    stop.request();
    CHECK_THROWS_AS(
        run_child({find_program("touch", "/bin:/usr/bin"), {folder / "touched"}, 0, {}}, stop),
        Stopped);
    CHECK_FALSE(std::filesystem::exists(folder / "touched"));
}

TEST_CASE("What cannot be started is said") {
    const TemporaryFolder folder;
    make(folder / "script", 0755, "#!/no/such/interpreter\n");
    const Stop stop;
    CHECK_THROWS_WITH_AS(
        run_child({find_program(folder / "script", ""), {}, 0, {}}, stop),
        doctest::Contains("No such file or directory\n  A script begins with #! and an"), Failure);
}
