#include "jumpbox.h"

#include <pwd.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace standin {

namespace {

constexpr const char* sshd = "/usr/sbin/sshd";

// With the socket as its stdin and stdout, if there is one.
pid_t started(std::vector<std::string> words, int socket = -1) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (socket >= 0) {
        posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    }
    // Else it would hold the connections of others open.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    pid_t child = 0;
    const int error =
        posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw std::runtime_error("cannot be run: " + words.front());
    }
    return child;
}

void run(std::vector<std::string> words) {
    const std::string name = words.front();
    const pid_t child = started(std::move(words));
    int status = 1;
    if (waitpid(child, &status, 0) != child || status != 0) {
        throw std::runtime_error("has failed: " + name);
    }
}

std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

void SshKeys::make(const std::string& name, const std::string& options, bool allowed) const {
    const std::string path = folder_ + "/" + name;
    std::vector<std::string> words{"ssh-keygen", "-q", "-f", path};
    std::istringstream given(options);
    words.insert(words.end(), std::istream_iterator<std::string>(given), {});
    if (options.find("-N") == std::string::npos) {
        words.insert(words.end(), {"-N", ""});
    }
    run(std::move(words));
    if (allowed) {
        std::ofstream(folder_ + "/authorized_keys", std::ios::app) << public_line(name);
    }
}

std::string SshKeys::text(const std::string& name) const {
    return content(folder_ + "/" + name);
}

std::string SshKeys::public_line(const std::string& name) const {
    return content(folder_ + "/" + name + ".pub");
}

bool Jumpbox::can_be_had() {
    return access(sshd, X_OK) == 0 && access("/usr/bin/ssh-keygen", X_OK) == 0 && !user().empty() &&
           (getuid() != 0 || mkdir("/run/sshd", 0755) == 0 || errno == EEXIST);
}

std::string Jumpbox::user() {
    const passwd* const entry = getpwuid(getuid());  // NOLINT(concurrency-mt-unsafe)
    return entry == nullptr ? "" : entry->pw_name;
}

Jumpbox::Jumpbox(const std::string& folder, const std::string& options)
    : folder_(folder), keys_(folder) {
    if (!can_be_had()) {
        throw std::runtime_error(std::string("no jumpbox without ") + sshd + ": run ci/setup test");
    }
    std::filesystem::create_directory(folder_);
    keys_.make("host", "-t ed25519", false);
    keys_.make("key", "-t ed25519", true);
    keys_.make("strange_key", "-t ed25519", false);
    keys_.make("locked_key", "-t ed25519 -a 1 -N passphrase", true);
    std::ofstream(folder_ + "/config")
        << "HostKey " << folder_ << "/host\nPidFile none\n"
        << "AuthorizedKeysFile " << folder_ << "/authorized_keys\nStrictModes no\nUsePAM no\n"
        << "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
        << options;
}

Jumpbox::~Jumpbox() {
    for (const pid_t process : processes_) {
        kill(process, SIGTERM);
        waitpid(process, nullptr, 0);
    }
}

std::map<std::string, std::string> Jumpbox::facts() const {
    return {{"user", user()},
            {"host_key", keys_.public_line("host")},
            {"key", keys_.text("key")},
            {"strange_key", keys_.text("strange_key")},
            {"locked_key", keys_.text("locked_key")}};
}

std::vector<std::string> Jumpbox::lines_of_keys() const {
    std::vector<std::string> found;
    for (const char* name : {"key", "strange_key", "locked_key"}) {
        std::istringstream lines(keys_.text(name));
        std::string line;
        for (int number = 0; number < 4; ++number) {
            std::getline(lines, line);
        }
        found.push_back(line);
    }
    return found;
}

void Jumpbox::serve(int socket) {
    processes_.push_back(
        started({sshd, "-i", "-f", folder_ + "/config", "-E", folder_ + "/log"}, socket));
}

}  // namespace standin
