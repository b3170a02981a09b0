// Sends bytes as slowly as was laid down, and ends connections in the way that was.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <string_view>

#include "settings.h"

namespace standin {

inline boost::asio::awaitable<void> wait(std::chrono::milliseconds delay) {
    if (delay.count() > 0) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, delay);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

template <typename Stream>
boost::asio::awaitable<void> send_at(Pace pace, Stream& stream, std::string_view bytes) {
    unsigned step = 0;
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, pace.bytes == 0 ? bytes.size() : pace.bytes);
        co_await boost::asio::async_write(stream, boost::asio::buffer(piece),
                                          boost::asio::use_awaitable);
        bytes.remove_prefix(piece.size());
        constexpr unsigned parts = 7;  // of a pause; uneven, and the same in every run
        step += 3;
        co_await wait(pace.jitter ? pace.pause * (step % parts) / (parts - 1) : pace.pause);
    }
}

// Ends by itself when the client goes, however long it has hung.
inline boost::asio::awaitable<void> end(boost::asio::ip::tcp::socket& socket, Fault how) {
    boost::system::error_code ignored;
    if (how == Fault::hang) {
        std::array<char, 4096> unread{};
        for (;;) {  // until the client goes, which is thrown
            co_await socket.async_read_some(boost::asio::buffer(unread),
                                            boost::asio::use_awaitable);
        }
    }
    if (how == Fault::reset) {
        socket.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    }
    socket.close(ignored);
}

}  // namespace standin
