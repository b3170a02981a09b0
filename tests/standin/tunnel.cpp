#include "tunnel.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string_view>

namespace standin {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Ends by an exception, when a side closes.
asio::awaitable<void> carry(tcp::socket& from, tcp::socket& to) {
    std::array<char, 16'384> piece{};
    for (;;) {
        const std::size_t got =
            co_await from.async_read_some(asio::buffer(piece), asio::use_awaitable);
        co_await asio::async_write(to, asio::buffer(piece, got), asio::use_awaitable);
    }
}

}  // namespace

asio::awaitable<void> lead_to(tcp::socket& client, std::uint16_t port) {
    using namespace asio::experimental::awaitable_operators;
    tcp::socket server(client.get_executor());
    co_await server.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
    constexpr std::string_view accepted = "HTTP/1.1 200 Connection established\r\n\r\n";
    co_await asio::async_write(client, asio::buffer(accepted), asio::use_awaitable);
    co_await (carry(client, server) && carry(server, client));
}

}  // namespace standin
