// A SOCKS5 proxy with a lifelike refusal for every occasion.
#pragma once

#include <optional>
#include <string>

#include "tests/net/scripted_server.h"

// What the client asked for, in the order in which it did.
struct SocksTalk {
    std::string methods;  // the bytes it offered: '\0' none, '\2' user and password
    std::string user;
    std::string password;
    std::string name;  // where it left the resolving to the proxy
    unsigned port = 0;
    std::string request;  // the HTTP behind it
};

struct SocksBehaviour {
    char method = '\0';                           // that it wants; '\xff': none that was offered
    std::string user_and_password = "me:s3cr3t";  // those it takes, with method 2
    char answer = '\0';                           // to CONNECT
    bool closes = false;                          // instead of any answer
    std::string http = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\nbehind";
};

// Plays one connection.
SocksTalk play_socks(const Peer& peer, const SocksBehaviour& behaviour);
