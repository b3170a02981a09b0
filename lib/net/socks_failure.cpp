#include "net/socks_failure.h"

namespace upkeep {

namespace {

constexpr const char* sign_in_advice =
    "Are the user and password in the proxy's URL right (socks5h://USER:PASSWORD@HOST:PORT)?";
constexpr const char* target_advice = "Is that host up, and may the proxy reach it?";
constexpr const char* other_advice =
    "Is it a SOCKS5 proxy, on this port? Its own log should say more.";

}  // namespace

SocksFailure socks_failure(CURLproxycode code, const std::string& target,
                           const std::string& proxy) {
    const std::string it = "the proxy " + proxy;
    switch (code) {
        case CURLPX_NO_AUTH:
        case CURLPX_GSSAPI_PERMSG:
        case CURLPX_GSSAPI:
            return {it + " wants another way to sign in", sign_in_advice, false};
        case CURLPX_USER_REJECTED:
            return {it + " does not take the user and password", sign_in_advice, false};
        case CURLPX_REPLY_NOT_ALLOWED:
            return {it + " does not allow connections to " + target,
                    "Its rules should say who may connect there (an sshd's: AllowTcpForwarding, "
                    "PermitOpen).",
                    false};
        case CURLPX_REPLY_NETWORK_UNREACHABLE:
            return {it + " cannot reach the network of " + target, target_advice, true};
        case CURLPX_REPLY_HOST_UNREACHABLE:
            return {it + " cannot reach " + target, target_advice, true};
        case CURLPX_REPLY_CONNECTION_REFUSED:
            return {target + " refused the connection from " + it, target_advice, true};
        case CURLPX_REPLY_TTL_EXPIRED:
            return {it + " cannot reach " + target + " in time", target_advice, true};
        case CURLPX_REPLY_GENERAL_SERVER_FAILURE:
            return {it + " cannot connect to " + target, target_advice, true};
        case CURLPX_REPLY_COMMAND_NOT_SUPPORTED:
        case CURLPX_REPLY_ADDRESS_TYPE_NOT_SUPPORTED:
            return {it + " cannot do what SOCKS5 needs for " + target, other_advice, false};
        case CURLPX_RESOLVE_HOST:
            return {"the name of " + target + " cannot be resolved on this machine, for " + it,
                    "With socks5h:// the proxy resolves it.", true};
        case CURLPX_BAD_VERSION:
            return {it + " does not speak SOCKS5", other_advice, false};
        case CURLPX_CLOSED:
        case CURLPX_RECV_ADDRESS:
        case CURLPX_RECV_AUTH:
        case CURLPX_RECV_CONNECT:
        case CURLPX_RECV_REQACK:
        case CURLPX_SEND_AUTH:
        case CURLPX_SEND_CONNECT:
        case CURLPX_SEND_REQUEST:
            return {it + " closed the connection before it had connected to " + target,
                    other_advice, true};
        default:
            return {it + " could not be used for " + target, other_advice, false};
    }
}

}  // namespace upkeep
