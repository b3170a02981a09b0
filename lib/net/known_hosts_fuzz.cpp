// Anything as a known_hosts file behind a line with a host and one with a port: what it says of
// that host, laid down for that host alone, is found again.
#include "net/known_hosts.h"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

std::string laid_down(const std::string& keys, const std::string& host) {
    std::string file;
    std::istringstream lines(keys);
    for (std::string line; std::getline(lines, line);) {
        file.append(host).append(" ").append(line).append(" a comment\n");
    }
    return file;
}

// The first line, which is taken away.
std::string cut_line(std::string& text) {
    std::string line = text.substr(0, text.find('\n'));
    text.erase(0, line.size() + 1);
    return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string file(data, data + size);
    const std::string host = cut_line(file);
    const std::string port = cut_line(file);
    std::string keys;
    try {
        keys = upkeep::known_host_keys(file, host, port);
    } catch (const std::invalid_argument&) {
        return 0;
    }
    if (upkeep::known_host_keys(laid_down(keys, "jumpbox"), "jumpbox", "22") != keys) {
        throw std::logic_error("what was found is not found again");
    }
    return 0;
}
