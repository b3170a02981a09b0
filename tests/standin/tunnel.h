// What a proxy does with CONNECT, and a relay with all: bytes are carried both ways, unread.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <string_view>

#include "sending.h"

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

// The same, until so many bytes were carried, and then the end that was laid down.
template <typename From>
boost::asio::awaitable<void> carry_until(From& from, boost::asio::ip::tcp::socket& to, Cut cut) {
    std::array<char, 16'384> piece{};
    while (cut.after > 0) {
        const std::size_t got = co_await from.async_read_some(
            boost::asio::buffer(piece, std::min(piece.size(), cut.after)),
            boost::asio::use_awaitable);
        co_await boost::asio::async_write(to, boost::asio::buffer(piece, got),
                                          boost::asio::use_awaitable);
        cut.after -= got;
    }
    if (cut.fault != Fault::hang) {
        co_await end(to, cut.fault);
    }
}

// Carries both ways to another server, TLS unread, until the cut.
inline boost::asio::awaitable<void> pass_on(boost::asio::ip::tcp::socket& client,
                                            std::uint16_t port, Cut cut) {
    using boost::asio::use_awaitable;
    using boost::asio::experimental::awaitable_operators::operator&&;
    boost::asio::ip::tcp::socket server(client.get_executor());
    co_await server.async_connect({boost::asio::ip::address_v4::loopback(), port}, use_awaitable);
    co_await (carry(client, server) && carry_until(server, client, cut));
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
