// What the stand-in is told to do: one JSON document. tests/README.md describes its keys.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bosh_settings.h"
#include "concourse_settings.h"

namespace standin {

using Headers = std::vector<std::pair<std::string, std::string>>;

// How an answer ends before its time.
enum class Fault {
    none,
    close,  // the connection is closed
    reset,  // the same, so that the client sees a reset
    hang,   // nothing more comes, and the connection stays open
};

// After so many bytes; each next time, `more` later, so that the tries of one run differ.
struct Cut {
    Fault fault = Fault::none;
    std::size_t after = 0;
    std::size_t more = 0;
};

// What comes for ever instead of an answer, until the client goes.
enum class Endless { no, interim, headers, body, chunks };

// So many bytes at once, and a pause before each next ones: as long as this, or, with jitter,
// between nothing and this.
struct Pace {
    std::size_t bytes = 0;  // 0: all at once
    std::chrono::milliseconds pause{0};
    bool jitter = false;
};

// Of an answer that comes bit by bit: what has come since the last piece, and how it ends, if it
// does.
struct Piece {
    std::string bytes;
    std::optional<Fault> end;
};

// One answer, and the requests that get it. Of several that fit, the first with times left is
// given.
struct Reply {
    std::string method = "GET";        // or "*": any
    std::string path;                  // without the query; one that ends in `*` is a prefix
    std::optional<std::string> query;  // as it is sent, without `?`; absent: any
    Headers if_headers;                // the request must have these, with these values
    std::optional<std::uint64_t> times;

    std::chrono::milliseconds delay{0};
    Cut cut;  // of the whole answer, headers included
    Endless endless = Endless::no;
    Pace pace;
    unsigned status = 200;
    Headers headers;
    std::string body;
    bool chunked = false;
    std::optional<std::size_t> cut_after;  // so many bytes of the body, then the connection ends
    std::optional<std::string> raw;        // these bytes instead of an HTTP answer, then the end
    std::function<Piece()> stream;         // what comes after the headers, instead of the body
};

struct Certificate {
    std::vector<std::string> hosts{"localhost",
                                   "127.0.0.1"};  // names and addresses it is valid for
    bool expired = false;
    bool early = false;        // valid from tomorrow on
    bool self_signed = false;  // by no authority at all
    bool rsa = false;          // else an elliptic curve, which is quicker to make
    bool other = false;        // signed by the other authority, which nobody is told to trust
    bool by_expired = false;   // signed by an authority that has expired
};

// A server that passes connections on to another, byte by byte, TLS and all.
struct Relay {
    std::string to;
    Cut cut;  // of all that the other one sends in one connection
};

// An SSH server that leads on to what is behind it.
struct JumpboxSettings {
    std::string options;  // lines of sshd_config
};

struct Server {
    std::string name;
    bool tls = false;
    std::string greeting;  // what it sends before anything else, TLS included
    std::optional<Relay> relay;
    Certificate certificate;
    std::string
        connect_to;  // as a proxy: the server that gets every CONNECT, wherever it was meant for
    std::vector<Reply> replies;
    Headers headers;  // of each of them, where it has none of that name
    // What it plays for the requests that no reply fits; neither: nothing.
    std::optional<DirectorSettings> director;
    std::optional<UaaSettings> uaa;
    std::optional<ConcourseSettings> concourse;
    std::optional<JumpboxSettings> jumpbox;  // then it speaks SSH, and nothing else
};

struct Settings {
    std::vector<Server> servers;
    std::string record;  // the file that gets a line for each request; empty: none
    std::string folder;  // where the certificates of the authorities are written
};

// Throws std::runtime_error with the place in the document and the reason.
Settings parse_settings(std::string_view text);

}  // namespace standin
