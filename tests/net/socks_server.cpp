#include "tests/net/socks_server.h"

namespace {

using namespace std::string_literals;

std::string hear_text(const Peer& peer) {
    const std::string size = peer.hear(1);
    return size.empty() ? "" : peer.hear(static_cast<unsigned char>(size[0]));
}

bool signs_in(const Peer& peer, const SocksBehaviour& behaviour, SocksTalk& talk) {
    peer.hear(1);  // the version
    talk.user = hear_text(peer);
    talk.password = hear_text(peer);
    const bool good = talk.user + ":" + talk.password == behaviour.user_and_password;
    peer.say(good ? "\1\0"s : "\1\1"s);
    return good;
}

void hear_target(const Peer& peer, SocksTalk& talk) {
    constexpr char is_name = 3;
    constexpr char is_ipv6 = 4;
    const std::string head = peer.hear(4);
    if (head.size() == 4 && head[3] == is_name) {
        talk.name = hear_text(peer);
    } else {
        peer.hear(head.size() == 4 && head[3] == is_ipv6 ? 16 : 4);
    }
    const std::string port = peer.hear(2);
    if (port.size() == 2) {
        talk.port =
            static_cast<unsigned char>(port[0]) * 256U + static_cast<unsigned char>(port[1]);
    }
}

}  // namespace

SocksTalk play_socks(const Peer& peer, const SocksBehaviour& behaviour) {
    constexpr char user_and_password = 2;
    SocksTalk talk;
    peer.hear(1);  // the version
    talk.methods = hear_text(peer);
    if (behaviour.closes) {
        return talk;
    }
    peer.say(std::string{'\5', behaviour.method});
    if (behaviour.method == user_and_password ? !signs_in(peer, behaviour, talk)
                                              : behaviour.method != '\0') {
        return talk;
    }
    hear_target(peer, talk);
    peer.say(std::string{'\5', behaviour.answer, '\0', '\1', '\0', '\0', '\0', '\0', '\0', '\0'});
    if (behaviour.answer == '\0') {
        talk.request = peer.hear_head();
        peer.say(behaviour.http);
    }
    return talk;
}
