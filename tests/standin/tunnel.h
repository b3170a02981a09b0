// What a proxy does with CONNECT: bytes are carried both ways, unread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>

namespace standin {

// Says 200 to the client, then carries until either side is done.
boost::asio::awaitable<void> lead_to(boost::asio::ip::tcp::socket& client, std::uint16_t port);

}  // namespace standin
