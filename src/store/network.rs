//! Whether a file is on a network file system, where a write-ahead log can't be shared.
//!
//! Owns the list of such file systems. Must not know what is in the file.

use std::path::Path;

/// The name of the network file system that holds the path, if it is on one.
#[cfg(target_os = "linux")]
pub(super) fn kind(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;

    let found = rustix::fs::statfs(path).ok()?;
    // Magic numbers are 32 bits wide, and some platforms sign-extend them.
    let magic = u32::try_from(i128::from(found.f_type) & 0xffff_ffff).ok()?;
    if magic == FUSE {
        let device = std::fs::metadata(path).ok()?.dev();
        let device = (rustix::fs::major(device), rustix::fs::minor(device));
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
        return fuse(&mounts, device).map(str::to_owned);
    }
    named(magic).map(str::to_owned)
}

/// Other systems are not asked; SQLite itself refuses a log where there is no shared memory.
#[cfg(not(target_os = "linux"))]
pub(super) fn kind(_path: &Path) -> Option<String> {
    None
}

#[cfg(any(target_os = "linux", test))]
const FUSE: u32 = 0x6573_5546;

/// Numbers of `statfs(2)`.
#[cfg(any(target_os = "linux", test))]
fn named(magic: u32) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "NFS",
        0x517b | 0xfe53_4d42 => "SMB",
        0xff53_4d42 => "CIFS",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x00c3_6400 => "Ceph",
        0x7375_7245 => "Coda",
        0x0102_1997 => "9P",
        0x0bd0_0bd0 => "Lustre",
        _ => return None,
    })
}

/// Most of FUSE is local; the kind is in the list of mounts (proc_pid_mountinfo(5)).
#[cfg(any(target_os = "linux", test))]
fn fuse(mounts: &str, device: (u32, u32)) -> Option<&str> {
    const REMOTE: [&str; 12] = [
        "sshfs",
        "rclone",
        "s3fs",
        "gcsfuse",
        "davfs",
        "davfs2",
        "curlftpfs",
        "smbnetfs",
        "glusterfs",
        "ceph-fuse",
        "gvfsd-fuse",
        "goofys",
    ];
    let device = format!("{}:{}", device.0, device.1);
    mounts.lines().find_map(|line| {
        if line.split(' ').nth(2)? != device {
            return None;
        }
        let kind = line.split_once(" - ")?.1.split(' ').next()?;
        let name = kind.strip_prefix("fuse.")?;
        REMOTE.contains(&name).then_some(kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_by_number_and_local_ones_are_not() {
        assert_eq!(named(0x6969), Some("NFS"));
        assert_eq!(named(0xff53_4d42), Some("CIFS"));
        for local in [0xef53, 0x0102_1994, 0x5846_5342, 0x9123_683e, FUSE] {
            assert_eq!(named(local), None, "{local:#x}");
        }
        assert_eq!(kind(&std::env::temp_dir()), None);
    }

    #[test]
    fn only_remote_fuse_mounts_count() {
        let mounts = "36 35 98:0 / / rw - ext4 /dev/root rw\n\
            40 36 0:52 / /mnt/a rw,nosuid shared:9 - fuse.sshfs me@host:/ rw\n\
            41 36 0:53 / /mnt/b rw,nosuid - fuse.ntfs-3g /dev/sdb1 rw\n";
        assert_eq!(fuse(mounts, (0, 52)), Some("fuse.sshfs"));
        assert_eq!(fuse(mounts, (0, 53)), None);
        assert_eq!(fuse(mounts, (98, 0)), None);
    }
}
