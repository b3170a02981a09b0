#include "system/file_system.h"

#include <fmt/format.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <string_view>

#include "core/failure.h"
#include "system/descriptor.h"

namespace upkeep {

namespace {

struct Known {
    std::uint32_t type;
    std::string_view name;
};

constexpr std::array<std::uint32_t, 10> local{
    0xEF53,      // ext2, ext3, ext4
    0x58465342,  // xfs
    0x9123683E,  // btrfs
    0x01021994,  // tmpfs
    0x858458F6,  // ramfs
    0x794C7630,  // overlay
    0x2FC12FC1,  // zfs
    0xF2F52010,  // f2fs
    0xCA451A4E,  // bcachefs
    0x3153464A,  // jfs
};

constexpr std::array<Known, 13> elsewhere{{
    {0x6969, "NFS"},
    {0x517B, "SMB"},
    {0xFF534D42, "CIFS"},
    {0xFE534D42, "SMB"},
    {0x65735546, "FUSE (sshfs and the like)"},
    {0x01021997, "9P"},
    {0x00C36400, "Ceph"},
    {0x5346414F, "AFS"},
    {0x6B414653, "AFS"},
    {0x01161970, "GFS2"},
    {0x7461636F, "OCFS2"},
    {0x0BD00BD0, "Lustre"},
    {0x47504653, "GPFS"},
}};

}  // namespace

std::optional<std::string> name_of_remote(std::uint32_t type) {
    if (std::find(local.begin(), local.end(), type) != local.end()) {
        return std::nullopt;
    }
    for (const Known& known : elsewhere) {
        if (known.type == type) {
            return std::string(known.name);
        }
    }
    return fmt::format("a file system of type {:#x}", type);
}

std::optional<std::string> not_of_this_machine(int file, const std::string& doing) {
    struct statfs what = {};
    while (fstatfs(file, &what) != 0) {
        if (errno != EINTR) {
            throw Failure(doing, "its file system cannot be told: " + error_text());
        }
    }
    return name_of_remote(static_cast<std::uint32_t>(what.f_type));
}

}  // namespace upkeep
