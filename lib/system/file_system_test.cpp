#include "system/file_system.h"

#include <doctest/doctest.h>
#include <linux/magic.h>

using upkeep::name_of_remote;

TEST_CASE("Locks are trusted on disks and in the memory of this machine alone") {
    CHECK(name_of_remote(EXT4_SUPER_MAGIC) == std::nullopt);
    CHECK(name_of_remote(TMPFS_MAGIC) == std::nullopt);
    CHECK(name_of_remote(XFS_SUPER_MAGIC) == std::nullopt);
    CHECK(name_of_remote(OVERLAYFS_SUPER_MAGIC) == std::nullopt);
    CHECK(name_of_remote(BTRFS_SUPER_MAGIC) == std::nullopt);
    CHECK(name_of_remote(NFS_SUPER_MAGIC) == "NFS");
    CHECK(name_of_remote(SMB_SUPER_MAGIC) == "SMB");
    CHECK(name_of_remote(CIFS_SUPER_MAGIC) == "CIFS");
    CHECK(name_of_remote(FUSE_SUPER_MAGIC) == "FUSE (sshfs and the like)");
    CHECK(name_of_remote(V9FS_MAGIC) == "9P");
    CHECK(name_of_remote(CEPH_SUPER_MAGIC) == "Ceph");
    CHECK(name_of_remote(PROC_SUPER_MAGIC) == "a file system of type 0x9fa0");
}
