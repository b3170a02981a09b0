// A server for what the stand-in does not play: each connection runs a function of the test.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

// One accepted connection, from the server's side.
class Peer {
  public:
    explicit Peer(int socket) : socket_(socket) {}

    void say(std::string_view bytes) const;     // a client that has gone is no error
    std::string hear(std::size_t count) const;  // less at the end
    std::string hear_until(std::string_view end) const;
    std::string hear_head() const { return hear_until("\r\n\r\n"); }
    void pause(std::chrono::milliseconds time) const;  // or until the client has gone
    void hear_the_end() const;                         // returns when the client has closed

  private:
    int socket_;
};

class ScriptedServer {
  public:
    using Script = std::function<void(const Peer& peer, int connection)>;  // counted from 1

    explicit ScriptedServer(Script script, bool ipv6 = false);
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer();

    std::uint16_t port() const { return port_; }
    std::string authority() const;  // "127.0.0.1:PORT"
    std::string url() const { return "http://" + authority(); }
    int connections() const { return connections_; }
    int most_at_once() const { return most_at_once_; }

  private:
    void accept_all();
    void note_one_more();

    Script script_;
    bool ipv6_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<int> at_once_ = 0;
    std::atomic<int> most_at_once_ = 0;
    std::mutex mutex_;
    std::list<int> sockets_;  // open ones, so that the end can wake their scripts
    std::list<std::thread> threads_;
    std::thread accepting_;
};
