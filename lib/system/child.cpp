#include "system/child.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/exception.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
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

// In the child, before its program begins: nothing that a signal handler might not do.
void prepare(const Child& child, const sigset_t& mask) {
    // Before the mask: one that came since the fork would be handled as if this were upkeep, and be
    // lost.
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGXFSZ}) {
        std::signal(signal, was_ignored(signal) ? SIG_IGN : SIG_DFL);
    }
    fcntl(child.inherited, F_SETFD, 0);
    pthread_sigmask(SIG_SETMASK, &mask, nullptr);
}

// Not by Boost.Process' spawn(), which ignores SIGCHLD meanwhile: an end that comes at once is
// lost.
boost::process::child start(const Child& child, const sigset_t& mask) {
    boost::process::environment environment = boost::this_process::environment();
    for (const auto& [name, value] : child.environment) {
        environment[name] = value;
    }
    // Not by its std::error_code, which stays clear where no pipe could be had.
    try {
        return boost::process::child(
            boost::process::exe = child.program.path, boost::process::args = child.arguments,
            environment,
            boost::process::extend::on_exec_setup = [&](auto&) { prepare(child, mask); });
    } catch (const boost::process::process_error& error) {
        throw Failure("starting " + child.program.path, error.code().message(),
                      error.code() == std::errc::executable_format_error ||
                              error.code() == std::errc::no_such_file_or_directory
                          ? "A script begins with #! and an interpreter that is there."
                          : "");
    }
}

// Nothing while the child runs.
std::optional<int> reap(pid_t child) {
    std::optional<int> status;
    while (true) {
        int how = 0;
        const pid_t pid = waitpid(-1, &how, WNOHANG);
        if (pid == 0 || (pid < 0 && errno != EINTR)) {
            return status;
        }
        if (pid == child) {
            status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
        }
    }
}

// What the terminal sends to all in its foreground: Ctrl-C, Ctrl-\. That it is gone is told to the
// first process of the session alone, which this may be behind `ssh -t HOST upkeep ...`.
bool child_has_it_too(int signal, const siginfo_t& what) {
    const bool is_first = getsid(0) == getpid();
    return what.si_code == SI_KERNEL && (signal != SIGHUP || !is_first);
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
    const boost::process::child started = start(child, signals.before());
    const pid_t pid = started.id();
    if (pid <= 0) {  // which kill() and waitpid() take for all processes there are
        throw Failure("starting " + child.program.path, "it has no process");
    }
    while (true) {
        siginfo_t what = {};
        const int signal = sigwaitinfo(&signals.held(), &what);
        if (signal == SIGCHLD) {
            if (const auto status = reap(pid)) {
                return *status;
            }
        } else if (signal > 0 && !child_has_it_too(signal, what)) {
            kill(pid, signal);
        }
    }
}

}  // namespace upkeep
