#include "connection.h"

#include <poll.h>

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "answer.h"
#include "sending.h"
#include "tunnel.h"

namespace standin {
namespace {

namespace http = boost::beast::http;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;

constexpr std::uint64_t body_limit = 64ULL << 20U;
constexpr std::chrono::milliseconds between_pieces{20};

tcp::socket& socket_of(tcp::socket& socket) {
    return socket;
}
tcp::socket& socket_of(TlsStream& stream) {
    return stream.next_layer();
}

// Requests and answers over a stream that is open, whatever lies below it.
template <typename Stream>
class Conversation {
  public:
    Conversation(Stream& stream, Listener& listener, Journal& journal, Arrival blank)
        : stream_(stream), listener_(listener), journal_(journal), blank_(std::move(blank)) {}

    asio::awaitable<void> run() {
        for (bool goes_on = true; goes_on;) {
            http::request_parser<http::string_body> parser;
            parser.body_limit(body_limit);
            co_await http::async_read(stream_, buffer_, parser, asio::use_awaitable);
            goes_on = co_await take(parser.release());
        }
    }

  private:
    asio::awaitable<bool> take(http::request<http::string_body> request) {
        Arrival arrival = blank_;
        arrival.method = std::string(request.method_string());
        arrival.target = std::string(request.target());
        for (const auto& field : request) {
            arrival.headers.emplace_back(field.name_string(), field.value());
        }
        const bool keep_alive = request.keep_alive();
        arrival.body = std::move(request.body());
        arrival.reply = listener_.replies.choose(arrival);
        arrival.played = !arrival.reply && listener_.player != nullptr;
        journal_.request(arrival);
        if (!arrival.reply && arrival.method == "CONNECT" && listener_.connect_to != nullptr) {
            co_await lead_to(stream_, listener_.connect_to->port);
            co_return false;
        }
        co_return co_await send(arrival, keep_alive);
    }

    asio::awaitable<bool> send(const Arrival& arrival, bool keep_alive) {
        Answer answer;
        if (arrival.reply) {
            const Reply& reply = listener_.replies.at(*arrival.reply);
            co_await wait(reply.delay);
            answer = answer_of(reply, arrival, keep_alive);
        } else if (arrival.played) {
            answer = answer_of(listener_.player->answer(arrival), arrival, keep_alive);
        } else {
            answer = answer_of_none(arrival);
        }
        const Pace pace = arrival.reply ? listener_.replies.at(*arrival.reply).pace : Pace{};
        co_await send_at(pace, stream_, answer.bytes);
        while (!answer.endless.empty()) {
            co_await send_at(pace, stream_, answer.endless);
        }
        if (answer.stream) {
            answer.fault = co_await send_pieces(answer.stream);
            answer.ends = true;
        }
        if (answer.ends) {
            co_await end(socket_of(stream_), answer.fault);
        }
        co_return !answer.ends;
    }

    // Until the stream ends, or the client goes: it has nothing to say meanwhile.
    asio::awaitable<Fault> send_pieces(std::function<Piece()> next) {
        for (;;) {
            const Piece piece = next();
            if (!piece.bytes.empty()) {
                co_await send_at({}, stream_, in_a_chunk(piece.bytes));
            }
            pollfd socket{socket_of(stream_).native_handle(), POLLIN, 0};
            if (piece.end || ::poll(&socket, 1, 0) > 0) {
                co_return piece.end.value_or(Fault::close);
            }
            co_await wait(between_pieces);
        }
    }

    Stream& stream_;
    Listener& listener_;
    Journal& journal_;
    Arrival blank_;
    boost::beast::flat_buffer buffer_;
};

asio::awaitable<void> serve_tls(tcp::socket& socket, Listener& listener, Journal& journal,
                                Arrival blank) {
    TlsStream stream(std::move(socket), *listener.tls);
    try {
        co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
    } catch (const boost::system::system_error& error) {
        journal.failure(blank.server, blank.connection, "TLS: " + error.code().message());
        co_return;
    }
    const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
    blank.sni = name == nullptr ? "" : name;
    co_await Conversation<TlsStream>(stream, listener, journal, blank).run();
    co_await end(stream.next_layer(), Fault::none);
}

}  // namespace

asio::awaitable<void> serve(tcp::socket socket, Listener& listener, Journal& journal,
                            std::uint64_t number) {
    Arrival blank;
    blank.server = listener.settings.name;
    blank.scheme = listener.tls ? "https" : "http";
    blank.connection = number;
    try {
        co_await asio::async_write(socket, asio::buffer(listener.settings.greeting),
                                   asio::use_awaitable);
        if (listener.jumpbox) {
            blank.method = "SSH";
            blank.played = true;
            journal.request(blank);
            listener.jumpbox->serve(socket.native_handle());
        } else if (listener.relay_to != nullptr) {
            Cut& cut = listener.settings.relay->cut;
            const Cut now = cut;
            cut.after += cut.more;
            co_await pass_on(socket, listener.relay_to->port, now);
        } else if (listener.tls) {
            co_await serve_tls(socket, listener, journal, blank);
        } else {
            co_await Conversation<tcp::socket>(socket, listener, journal, blank).run();
            co_await end(socket, Fault::none);
        }
    } catch (const boost::system::system_error&) {
        // The client has gone, or sent something that is not HTTP: the connection ends here, by
        // itself.
    }
}

}  // namespace standin
