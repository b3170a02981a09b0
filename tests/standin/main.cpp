// standin FILE, or standin -: plays the servers that a JSON document describes (see settings.h).
// `-` reads the document from the first line of stdin. Prints one line of JSON when it listens.
// Ends on SIGTERM, SIGINT, or when stdin closes, so that it never outlives the test that began it.

#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "listener.h"
#include "settings.h"

namespace {

namespace asio = boost::asio;

// From stdin only its first line, byte by byte: what follows is not ours to take.
std::string first_line_of_stdin() {
    std::string line;
    for (char byte = 0; ::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n';) {
        line += byte;
    }
    return line;
}

std::string document(const std::string& path) {
    if (path == "-") {
        return first_line_of_stdin();
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        throw std::runtime_error("cannot read " + path);
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

asio::awaitable<void> end_with_stdin(asio::io_context& io) {
    asio::posix::stream_descriptor input(io, ::dup(STDIN_FILENO));
    std::array<char, 256> ignored{};
    try {
        for (;;) {
            co_await input.async_read_some(asio::buffer(ignored), asio::use_awaitable);
        }
    } catch (const boost::system::system_error&) {
        io.stop();
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr
            << "usage: standin FILE, or standin - with the document as the first line of stdin\n";
        return 2;
    }
    try {
        asio::io_context io(1);
        const standin::Standin servers(io, standin::parse_settings(document(arguments[1])));
        asio::signal_set signals(io, SIGTERM, SIGINT);
        signals.async_wait([&io](const auto&, int) { io.stop(); });
        asio::co_spawn(io, end_with_stdin(io), asio::detached);
        std::cout << servers.ready_line() << std::endl;
        io.run();
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "standin: " << failure.what() << '\n';
        return 1;
    }
}
