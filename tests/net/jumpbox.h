// Debian's sshd on a port of its own, with keys made for the test.
#pragma once

#include <sys/types.h>

#include <string>

#include "tests/net/scripted_server.h"

class Jumpbox {
  public:
    // `options` are lines of sshd_config.
    explicit Jumpbox(const std::string& options = "");
    Jumpbox(const Jumpbox&) = delete;
    Jumpbox& operator=(const Jumpbox&) = delete;
    ~Jumpbox();

    static bool can_be_had();  // sshd and ssh-keygen are there, and it may be run

    std::string url() const;                         // ssh+socks5://USER@127.0.0.1:PORT
    std::string address() const;                     // the same without the user
    std::string key(const std::string& name) const;  // "id_ed25519": its text
    std::string host_key() const;                    // "ssh-ed25519 AAAA... comment"
    // Makes such a key; sshd takes those that are `allowed`.
    void make_key(const std::string& name, const std::string& options, bool allowed) const;

  private:
    std::string folder_ = "/tmp/upkeep-jumpbox-XXXXXX";
    unsigned port_ = 0;
    pid_t process_ = -1;
};
