// What a proxy does with CONNECT: bytes are carried both ways, unread.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <string_view>

namespace standin {

// Ends by an exception, when a side closes.
template <typename From, typename To>
boost::asio::awaitable<void> carry(From& from, To& to) {
    std::array<char, 16'384> piece{};
    for (;;) {
        const std::size_t got =
            co_await from.async_read_some(boost::asio::buffer(piece), boost::asio::use_awaitable);
        co_await boost::asio::async_write(to, boost::asio::buffer(piece, got),
                                          boost::asio::use_awaitable);
    }
}

// Says 200 to the client, then carries until either side is done.
template <typename Stream>
boost::asio::awaitable<void> lead_to(Stream& client, std::uint16_t port) {
    using boost::asio::use_awaitable;
    using boost::asio::experimental::awaitable_operators::operator&&;
    boost::asio::ip::tcp::socket server(client.get_executor());
    co_await server.async_connect({boost::asio::ip::address_v4::loopback(), port}, use_awaitable);
    constexpr std::string_view accepted = "HTTP/1.1 200 Connection established\r\n\r\n";
    co_await boost::asio::async_write(client, boost::asio::buffer(accepted), use_awaitable);
    co_await (carry(client, server) && carry(server, client));
}

}  // namespace standin
