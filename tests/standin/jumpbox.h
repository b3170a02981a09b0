// A jumpbox: Debian's sshd, one process for each connection, with keys made for the test.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace standin {

// The keys of a jumpbox, made by ssh-keygen in a folder that there is.
class SshKeys {
  public:
    explicit SshKeys(std::string folder) : folder_(std::move(folder)) {}

    // `options` are ssh-keygen's. sshd takes those that are `allowed`. Throws std::runtime_error.
    void make(const std::string& name, const std::string& options, bool allowed) const;
    std::string text(const std::string& name) const;         // the private key
    std::string public_line(const std::string& name) const;  // "ssh-ed25519 AAAA... comment"

  private:
    std::string folder_;
};

class Jumpbox {
  public:
    static bool can_be_had();  // sshd and ssh-keygen are there, and it may be run
    static std::string user();

    // `options` are lines of sshd_config. Throws std::runtime_error where it cannot be had.
    Jumpbox(const std::string& folder, const std::string& options);
    Jumpbox(const Jumpbox&) = delete;
    Jumpbox& operator=(const Jumpbox&) = delete;
    ~Jumpbox();

    // What a case is told of it: `user`, `host_key`, and the private keys `key`, `strange_key`,
    // which it does not take, and `locked_key`, whose passphrase is "passphrase".
    std::map<std::string, std::string> facts() const;
    // Of each private key one that nobody else's has.
    std::vector<std::string> lines_of_keys() const;
    // Serves the connection, which the caller may close then.
    void serve(int socket);

  private:
    std::string folder_;
    SshKeys keys_;
    std::vector<pid_t> processes_;
};

}  // namespace standin
