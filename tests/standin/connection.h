// One connection, from its first byte to its last.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>

#include "journal.h"
#include "listener.h"

namespace standin {

// Answers request after request. Never throws: what goes wrong before a request is written to the
// journal; a client that goes away in the middle is none of our business.
asio::awaitable<void> serve(asio::ip::tcp::socket socket, Listener& listener, Journal& journal,
                            std::uint64_t number);

}  // namespace standin
