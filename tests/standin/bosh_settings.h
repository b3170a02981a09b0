// What a director and a UAA are told to be. tests/README.md describes the keys.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace standin {

struct DirectorUser {
    std::string password;
    std::vector<std::string> scopes{"bosh.admin"};
};

struct Deployment {
    std::string name;
    boost::json::array stemcells;  // {name, version}
    bool locked = false;
    std::vector<std::string> teams;
    std::string manifest;
    boost::json::array vms;  // rows of the task's result, each over a row of a usual VM
};

// How the task goes that looks at VMs.
struct Task {
    std::uint64_t polls = 2;              // so many times it is asked after before it ends
    std::string state = "done";           // in which it ends: done, error, cancelled, timeout
    std::string result;                   // why, in its own words
    std::string events;                   // its output of type=event
    std::optional<std::string> location;  // where the redirect leads to, before /tasks/N; absent:
                                          // to the host that was asked
};

struct DirectorSettings {
    std::string name = "stand-in";
    std::string uuid = "a57b8733-163e-443a-a3d7-9ac58a886d7b";
    std::string version = "282.1.6 (00000000)";
    std::string cpi = "aws_cpi";
    std::string stemcell_os = "ubuntu-jammy";
    std::string stemcell_version = "1.1364";
    std::string uaa;  // the server that is its UAA; empty: Basic, with its own users
    std::map<std::string, DirectorUser, std::less<>> users;
    std::vector<Deployment> deployments;
    std::uint64_t cpis = 1;  // with several, each stemcell is listed so often
    Task task;
};

struct UaaClient {
    std::string secret;
    std::vector<std::string> scopes;
    std::vector<std::string> grants{"client_credentials"};
};

struct UaaUser {
    std::string password;
    std::vector<std::string> scopes;
    std::string refresh_token;  // that bosh log-in has got before
};

struct UaaSettings {
    std::map<std::string, UaaClient, std::less<>> clients;  // and bosh_cli, for users
    std::map<std::string, UaaUser, std::less<>> users;
    std::optional<std::uint64_t> token_uses;  // so often the director takes an access token
    std::optional<std::uint64_t> refresh_uses;
    std::string token_type = "bearer";
    std::string refusal = "invalid_client";  // or unauthorized, as before version 76.26
    bool decodes_basic = true;  // of a client, as RFC 6749 has it; false: its compatibility mode
};

// Throw std::runtime_error with the place in the document and the reason.
DirectorSettings parse_director(const boost::json::value& value, const std::string& place);
UaaSettings parse_uaa(const boost::json::value& value, const std::string& place);

}  // namespace standin
