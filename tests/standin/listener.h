// The servers: each listens on a free port of 127.0.0.1 and serves every connection it gets.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "authority.h"
#include "journal.h"
#include "jumpbox.h"
#include "player.h"
#include "replies.h"
#include "settings.h"
#include "tokens.h"

namespace standin {

namespace asio = boost::asio;

// One server, listening.
struct Listener {
    Listener(asio::io_context& io, const Server& server);

    std::string url() const;

    Server settings;
    Replies replies;
    asio::ip::tcp::acceptor acceptor;
    std::uint16_t port;
    std::optional<asio::ssl::context> tls;
    const Listener* connect_to = nullptr;  // where a CONNECT is led
    const Listener* relay_to = nullptr;    // where every connection is led
    std::unique_ptr<Player> player;        // who answers where no reply fits, if anybody
    std::unique_ptr<Jumpbox> jumpbox;      // who speaks SSH to every connection, if anybody
};

class Standin {
  public:
    // Listens from here on. Throws std::runtime_error when a port, file or certificate cannot be
    // had.
    Standin(asio::io_context& io, const Settings& settings);

    // One line of JSON: the URL, port and so on of each server, the files of the authorities.
    std::string ready_line() const;

  private:
    void prepare(Listener& listener);
    std::unique_ptr<Player> player(const Server& server);
    const Listener& named(const std::string& name, const std::string& key) const;
    asio::awaitable<void> accept(Listener& listener);

    std::string folder_;
    Journal journal_;
    Tokens access_;
    Tokens refresh_;
    Authority authority_;
    Authority other_;
    Authority expired_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::uint64_t connections_ = 0;
};

}  // namespace standin
