// By which key a jumpbox is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upkeep {

// What a jumpbox showed, as SSH writes it.
std::string ssh_key_type(std::string_view blob);         // "ssh-ed25519"
std::string ssh_key_fingerprint(std::string_view blob);  // "SHA256:..."
std::string ssh_key_line(std::string_view blob);         // "ssh-ed25519 AAAA..."

struct SshHostKeys {
    bool any = false;
    std::vector<std::string> blobs;
    std::vector<std::string> fingerprints;  // "SHA256:..."

    bool has(std::string_view blob) const;
    // "any" or "SHA256:..., SHA256:..."
    std::string shown() const;
};

// "any"; or lines: "ssh-ed25519 AAAA...", lines of a known_hosts file (whose names do not count:
// they were chosen for this jumpbox), or "SHA256:..." as ssh-keygen -l prints it. Throws
// std::invalid_argument with the reason.
SshHostKeys parse_ssh_host_keys(const std::string& text);

}  // namespace upkeep
