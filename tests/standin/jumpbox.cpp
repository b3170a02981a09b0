#include "tests/net/jumpbox.h"

#include <netinet/in.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {

constexpr const char* sshd = "/usr/sbin/sshd";

void run(std::vector<std::string> words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    pid_t child = 0;
    int status = 1;
    if (posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0 ||
        waitpid(child, &status, 0) != child || status != 0) {
        throw std::runtime_error("cannot be run: " + words.front());
    }
}

std::string user() {
    const passwd* const entry = getpwuid(getuid());  // NOLINT(concurrency-mt-unsafe)
    return entry == nullptr ? "" : entry->pw_name;
}

std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool answers(unsigned port) {
    const int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool connected =
        connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(socket_);
    return connected;
}

}  // namespace

bool Jumpbox::can_be_had() {
    return access(sshd, X_OK) == 0 && access("/usr/bin/ssh-keygen", X_OK) == 0 && !user().empty() &&
           (getuid() != 0 || mkdir("/run/sshd", 0755) == 0 || errno == EEXIST);
}

Jumpbox::Jumpbox(const std::string& options) {
    if (mkdtemp(folder_.data()) == nullptr) {
        throw std::runtime_error("no folder for " + folder_);
    }
    port_ = ScriptedServer([](const Peer&, int) {}).port();  // free from now on
    make_key("host", "-t ed25519", false);
    make_key("id_ed25519", "-t ed25519", true);
    std::ofstream(folder_ + "/config")
        << "ListenAddress 127.0.0.1:" << port_ << "\nHostKey " << folder_ << "/host\nPidFile none\n"
        << "AuthorizedKeysFile " << folder_ << "/authorized_keys\nStrictModes no\nUsePAM no\n"
        << "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
        << options;
    process_ = fork();
    if (process_ == 0) {
        const std::string config = folder_ + "/config";
        const std::string log = folder_ + "/log";
        execl(sshd, sshd, "-D", "-f", config.c_str(), "-E", log.c_str(), nullptr);
        _exit(127);
    }
    while (!answers(port_)) {
        if (waitpid(process_, nullptr, WNOHANG) != 0) {
            throw std::runtime_error("sshd has ended: " + content(folder_ + "/log"));
        }
    }
}

Jumpbox::~Jumpbox() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    std::filesystem::remove_all(folder_);
}

std::string Jumpbox::address() const {
    return "ssh+socks5://127.0.0.1:" + std::to_string(port_);
}

std::string Jumpbox::url() const {
    return "ssh+socks5://" + user() + "@127.0.0.1:" + std::to_string(port_);
}

std::string Jumpbox::key(const std::string& name) const {
    return content(folder_ + "/" + name);
}

std::string Jumpbox::host_key() const {
    return content(folder_ + "/host.pub");
}

void Jumpbox::make_key(const std::string& name, const std::string& options, bool allowed) const {
    const std::string path = folder_ + "/" + name;
    std::vector<std::string> words{"ssh-keygen", "-q", "-f", path};
    std::istringstream given(options);
    words.insert(words.end(), std::istream_iterator<std::string>(given), {});
    if (options.find("-N") == std::string::npos) {
        words.insert(words.end(), {"-N", ""});
    }
    run(std::move(words));
    if (allowed) {
        std::ofstream(folder_ + "/authorized_keys", std::ios::app) << content(path + ".pub");
    }
}
