#include "listener.h"

#include <boost/algorithm/string/replace.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "concourse.h"
#include "connection.h"
#include "director.h"
#include "uaa.h"

namespace standin {
namespace {

using asio::ip::tcp;

void write_file(const std::string& path, const std::string& content) {
    std::ofstream stream(path, std::ios::trunc);
    stream << content << std::flush;
    if (!stream) {
        throw std::runtime_error("cannot write " + path);
    }
}

}  // namespace

Listener::Listener(asio::io_context& io, const Server& server)
    : settings(server),
      replies(server.replies),
      acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      port(acceptor.local_endpoint().port()) {}

std::string Listener::url() const {
    const std::string address = "127.0.0.1:" + std::to_string(port);
    if ((relay_to == nullptr ? this : relay_to)->settings.jumpbox) {
        return "ssh+socks5://" + Jumpbox::user() + "@" + address;
    }
    const bool secure = relay_to == nullptr ? settings.tls : relay_to->settings.tls;
    return (secure ? "https://" : "http://") + address;
}

Standin::Standin(asio::io_context& io, const Settings& settings)
    : folder_(settings.folder),
      journal_(settings.record),
      access_([this](const std::string& token) { journal_.secret(token); }),
      refresh_([this](const std::string& token) { journal_.secret(token); }),
      authority_("Stand-in authority"),
      other_("Another authority"),
      expired_("An authority of old", true) {
    write_file(folder_ + "/ca.pem", authority_.pem());
    write_file(folder_ + "/other_ca.pem", other_.pem());
    write_file(folder_ + "/expired_ca.pem", expired_.pem());
    for (const Server& server : settings.servers) {
        listeners_.push_back(std::make_unique<Listener>(io, server));
    }
    for (const auto& listener : listeners_) {
        if (listener->settings.relay) {
            listener->relay_to = &named(listener->settings.relay->to, "relay.to");
        }
    }
    for (const auto& listener : listeners_) {
        prepare(*listener);
        asio::co_spawn(io, accept(*listener), asio::detached);
    }
}

// What needs all servers to be listening: their addresses in replies, who is led to whom.
void Standin::prepare(Listener& listener) {
    for (const auto& other : listeners_) {
        const std::string& name = other->settings.name;
        listener.replies.fill("((" + name + ".url))", other->url());
        listener.replies.fill("((" + name + ".port))", std::to_string(other->port));
        if (listener.settings.director && listener.settings.director->task.location) {
            boost::algorithm::replace_all(*listener.settings.director->task.location,
                                          "((" + name + ".url))", other->url());
        }
    }
    if (!listener.settings.connect_to.empty()) {
        listener.connect_to = &named(listener.settings.connect_to, "connect_to");
    }
    listener.player = player(listener.settings);
    if (listener.settings.jumpbox) {
        listener.jumpbox = std::make_unique<Jumpbox>(folder_ + "/" + listener.settings.name,
                                                     listener.settings.jumpbox->options);
        for (const std::string& line : listener.jumpbox->lines_of_keys()) {
            journal_.secret(line);
        }
    }
    if (listener.settings.tls) {
        const Certificate& wanted = listener.settings.certificate;
        const Authority& issuer = wanted.by_expired ? expired_ : wanted.other ? other_ : authority_;
        const Identity identity = issuer.issue(wanted);
        listener.tls.emplace(asio::ssl::context::tls_server);
        listener.tls->use_certificate_chain(asio::buffer(identity.certificate));
        listener.tls->use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
    }
}

const Listener& Standin::named(const std::string& name, const std::string& key) const {
    for (const auto& listener : listeners_) {
        if (listener->settings.name == name) {
            return *listener;
        }
    }
    throw std::runtime_error(key + ": there is no server " + name);
}

std::unique_ptr<Player> Standin::player(const Server& server) {
    if (server.uaa) {
        return std::make_unique<Uaa>(*server.uaa, access_, refresh_);
    }
    if (server.concourse) {
        return std::make_unique<Concourse>(*server.concourse, access_);
    }
    if (!server.director) {
        return nullptr;
    }
    const std::string& uaa = server.director->uaa;
    return std::make_unique<Director>(*server.director,
                                      uaa.empty() ? "" : named(uaa, "director.uaa").url(), access_);
}

asio::awaitable<void> Standin::accept(Listener& listener) {
    for (;;) {
        tcp::socket socket = co_await listener.acceptor.async_accept(asio::use_awaitable);
        // As real servers do: else an answer waits 40 ms for the client to acknowledge a handshake.
        socket.set_option(tcp::no_delay(true));
        const auto executor = socket.get_executor();
        asio::co_spawn(executor, serve(std::move(socket), listener, journal_, ++connections_),
                       asio::detached);
    }
}

std::string Standin::ready_line() const {
    boost::json::object servers;
    for (const auto& listener : listeners_) {
        boost::json::object facts{{"url", listener->url()},
                                  {"port", std::to_string(listener->port)}};
        if (listener->jumpbox) {
            for (const auto& [name, value] : listener->jumpbox->facts()) {
                facts[name] = value;
            }
        }
        servers[listener->settings.name] = std::move(facts);
    }
    return boost::json::serialize(
        boost::json::object{{"servers", std::move(servers)},
                            {"ca_file", folder_ + "/ca.pem"},
                            {"other_ca_file", folder_ + "/other_ca.pem"}});
}

}  // namespace standin
