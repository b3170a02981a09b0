#include "system/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string_view>
#include <system_error>

#include "core/failure.h"
#include "system/descriptor.h"
#include "system/signals.h"

namespace upkeep {

namespace {

constexpr std::array passed_on{SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

// Nothing where there is no such file.
std::optional<Program> program_at(const std::string& path) {
    struct stat what = {};
    if (stat(path.c_str(), &what) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::nullopt;
        }
        return Program{path, cannot_be_run, error_text()};
    }
    if (S_ISDIR(what.st_mode)) {
        return Program{path, cannot_be_run, "it is a folder"};
    }
    if (faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) != 0) {
        return Program{path, cannot_be_run, "it may not be executed: " + error_text()};
    }
    return Program{path, 0, {}};
}

// The signals that the loop of a child takes one by one. Restores the mask when it is gone.
class HeldSignals {
  public:
    HeldSignals() {
        sigemptyset(&held_);
        for (const int signal : passed_on) {
            sigaddset(&held_, signal);
        }
        sigaddset(&held_, SIGCHLD);
        pthread_sigmask(SIG_BLOCK, &held_, &before_);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    const sigset_t& held() const { return held_; }
    const sigset_t& before() const { return before_; }

  private:
    sigset_t held_{};
    sigset_t before_{};
};

// With ignored signals of a child, none of its ends could be waited for.
void expect_ends_of_children() {
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &action, nullptr);
}

class SpawnSettings {
  public:
    SpawnSettings(const sigset_t& mask, int inherited) {
        posix_spawnattr_init(&attributes_);
        posix_spawn_file_actions_init(&actions_);
        sigset_t usual;
        sigemptyset(&usual);
        for (const int signal : {SIGPIPE, SIGXFSZ}) {
            if (!was_ignored(signal)) {
                sigaddset(&usual, signal);
            }
        }
        posix_spawnattr_setsigmask(&attributes_, &mask);
        posix_spawnattr_setsigdefault(&attributes_, &usual);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        // To itself: it stays open in the child, and there alone.
        posix_spawn_file_actions_adddup2(&actions_, inherited, inherited);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&actions_);
    }

    const posix_spawnattr_t* attributes() const { return &attributes_; }
    const posix_spawn_file_actions_t* actions() const { return &actions_; }

  private:
    posix_spawnattr_t attributes_{};
    posix_spawn_file_actions_t actions_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

std::vector<std::string> environment_of(const Child& child) {
    std::vector<std::string> all;
    all.reserve(child.environment.size());
    for (const auto& [name, value] : child.environment) {
        all.push_back(name + "=" + value);
    }
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        bool replaced = false;
        for (const auto& [name, value] : child.environment) {
            replaced = replaced || text.substr(0, text.find('=')) == name;
        }
        if (!replaced) {
            all.emplace_back(text);
        }
    }
    return all;
}

pid_t spawn(const Child& child, const sigset_t& mask) {
    const SpawnSettings settings(mask, child.inherited);
    std::vector<std::string> arguments = child.command;
    std::vector<std::string> environment = environment_of(child);
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, child.program.path.c_str(), settings.actions(), settings.attributes(),
                    pointers(arguments).data(), pointers(environment).data());
    if (error != 0) {
        throw Failure("starting " + child.program.path, std::generic_category().message(error),
                      error == ENOEXEC || error == ENOENT
                          ? "A script begins with #! and an interpreter that is there."
                          : "");
    }
    return pid;
}

// Nothing while the child runs.
std::optional<int> reap(pid_t child) {
    std::optional<int> status;
    int how = 0;
    for (pid_t pid = waitpid(-1, &how, WNOHANG); pid > 0; pid = waitpid(-1, &how, WNOHANG)) {
        if (pid == child) {
            status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
        }
    }
    return status;
}

}  // namespace

Program find_program(const std::string& name, const std::string& path_variable) {
    const Program none{name, not_found, "there is no such file"};
    if (name.find('/') != std::string::npos) {
        return program_at(name).value_or(none);
    }
    Program best{name, not_found, "it is in no folder of PATH"};
    std::string_view rest = path_variable;
    while (true) {
        const std::size_t end = rest.find(':');
        const std::string folder(rest.substr(0, end));
        const auto found = program_at((folder.empty() ? "." : folder) + "/" + name);
        if (found && found->status == 0) {
            return *found;
        }
        if (found && best.status == not_found) {
            best = *found;
        }
        if (end == std::string_view::npos) {
            return best;
        }
        rest.remove_prefix(end + 1);
    }
}

int run_child(const Child& child, const Stop& stop) {
    const HeldSignals signals;
    expect_ends_of_children();
    stop.throw_if_requested();
    const pid_t pid = spawn(child, signals.before());
    while (true) {
        siginfo_t what = {};
        const int signal = sigwaitinfo(&signals.held(), &what);
        if (signal == SIGCHLD) {
            if (const auto status = reap(pid)) {
                return *status;
            }
        } else if (signal > 0 && what.si_code != SI_KERNEL) {
            kill(pid, signal);
        }
    }
}

}  // namespace upkeep
