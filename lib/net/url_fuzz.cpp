// Anything as the URL of an endpoint or a proxy: refused with a reason, or a URL whose text is read
// as itself and holds neither user nor password.
#include "net/url.h"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace {

using upkeep::parse_url;
using upkeep::Url;

constexpr std::string_view schemes = "http https socks5 socks5h ssh+socks5";

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

void check(const Url& url) {
    require(schemes.find(url.scheme) != std::string_view::npos, "its scheme is allowed");
    require(!url.host.empty() && !url.port.empty(), "it has a host and a port");
    require(url.port.find_first_not_of("0123456789") == std::string::npos, "the port is a number");
    const std::string authority =
        url.text().substr(0, url.text().find_first_of("/?", url.scheme.size() + 3));
    require(authority.find('@') == std::string::npos, "no user is in its text");
    if (url.path.find('@') != std::string::npos) {
        return;  // without the user it looks like one whose password holds a /, and is refused
    }
    const Url again = parse_url(url.text(), schemes);
    require(again.text() == url.text() && again.port == url.port, "reading is stable");
    require(!again.username && !again.password, "its text signs nobody in");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    Url url;
    try {
        url = parse_url(text, schemes);
    } catch (const std::invalid_argument& error) {
        require(*error.what() != '\0', "a refusal says why");
        return 0;
    }
    check(url);
    return 0;
}
