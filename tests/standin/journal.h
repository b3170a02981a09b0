// What arrived, as JSON lines: written, and flushed, before anything is answered.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>

#include "settings.h"

namespace standin {

struct Arrival {
    std::string server;
    std::uint64_t connection = 0;  // connections are numbered from 1, over all servers
    std::string sni;               // the name that TLS asked for; empty: none
    std::string method;
    std::string scheme = "http";
    std::string target;  // as it was sent: a path with its query, or a whole URL to a proxy
    Headers headers;
    std::string body;
    std::optional<std::size_t> reply;  // which of the server's replies it gets; none: nothing fits
    bool played = false;               // no reply fits, but the server plays somebody who answers
};

class Journal {
  public:
    // An empty path: nothing is written. Throws std::runtime_error when the file cannot be made.
    explicit Journal(const std::string& path);

    // `at` is seconds of the machine's monotonic clock, which other programs read too.
    void request(const Arrival& arrival);
    // A connection that never came to a request.
    void failure(const std::string& server, std::uint64_t connection, const std::string& why);
    // What was made up here, and must be seen nowhere but on the wire.
    void secret(const std::string& value);

  private:
    std::ofstream stream_;
};

}  // namespace standin
