"""Which file system a place is on, and whether other machines may write there too."""

from pathlib import Path

NETWORK = frozenset({
    *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs"),
    *("lustre", "gpfs", "beegfs", "ceph", "glusterfs", "panfs", "orangefs", "pvfs2", "wekafs"),
    *("afs", "coda", "ocfs2", "gfs2", "9p", "drvfs", "vboxsf", "vmhgfs"),
})  # fmt: skip


def is_shared(path: Path) -> bool:
    """Tell whether a place is, or may be, on a file system that several machines write."""
    kind = file_system_of(path)
    return kind in NETWORK or kind.startswith("fuse.")


def file_system_of(path: Path) -> str:
    """The kind of file system that a place is on, in small letters; empty where none is known."""
    import psutil

    place = path.resolve()
    above = {str(place), *map(str, place.parents)}
    found = [each for each in psutil.disk_partitions(all=True) if each.mountpoint in above]
    # of those mounted one upon the other the last is the one that is seen
    return max(found[::-1], key=lambda each: len(each.mountpoint)).fstype.lower() if found else ""
