"""Whether the file system under a folder tells of every change."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

# Over these, files change on another machine or in another system, without an event.
# What FUSE makes of a remote system (`fuse.sshfs`) is of that kind too.
_SILENT = re.compile(
    r"9p|afs|beegfs|ceph|cifs|coda|drvfs|fakeowner|fuse\..+|gfs2|glusterfs|lustre"
    r"|ncpfs|nfs4?|ocfs2|prl_fs|smb3|smbfs|vboxsf|virtiofs|vmhgfs"
)


def tells_nothing(folder: Path) -> bool:
    """Whether changes under `folder` must be looked for."""
    try:
        table = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # not Linux: its systems tell
    return is_silent(table, folder.resolve().as_posix())


def is_silent(table: str, folder: str) -> bool:
    """Whether `folder` lies on a network or WSL mount of `/proc/mounts`."""
    return _SILENT.fullmatch(_kind(table, PurePosixPath(folder))) is not None


def _kind(table: str, folder: PurePosixPath) -> str:
    """The file system of the innermost mount; of several on one spot, the last."""
    kind, depth = "", 0
    for line in table.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = PurePosixPath(_unescaped(fields[1]))
        if folder.is_relative_to(mount) and len(mount.parts) >= depth:
            kind, depth = fields[2], len(mount.parts)
    return kind


def _unescaped(field: str) -> str:
    r"""Blanks in the table are written as `\040`."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
