// A jumpbox within the unit tests.
#pragma once

#include <string>

#include "tests/net/servers.h"
#include "tests/standin/jumpbox.h"

class Jumpbox {
  public:
    // `options` are lines of sshd_config.
    explicit Jumpbox(const std::string& options = "") : servers_({server(options)}) {}

    static bool can_be_had() { return standin::Jumpbox::can_be_had(); }

    std::string url() const { return servers_.url("jumpbox"); }  // with the user
    std::string address() const {                                // without
        return "ssh+socks5://" + url().substr(url().find('@') + 1);
    }
    std::string key(const std::string& name = "key") const { return keys_.text(name); }
    std::string host_key() const { return keys_.public_line("host"); }
    void make_key(const std::string& name, const std::string& options, bool allowed) const {
        keys_.make(name, options, allowed);
    }

  private:
    static standin::Server server(const std::string& options) {
        standin::Server server;
        server.name = "jumpbox";
        server.jumpbox = standin::JumpboxSettings{options};
        return server;
    }

    Servers servers_;
    standin::SshKeys keys_{servers_.folder() + "/jumpbox"};
};
