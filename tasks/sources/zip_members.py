"""WACZ: a zip that holds WARC files as they are, so that their records have places in the zip itself.

specs.webrecorder.net/wacz: members of archive/ are stored and not compressed again.
"""

import struct
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

from tasks.sources.warc_members import Damage

ZIP_MAGIC: Final = b"PK\x03\x04"
WARC_SUFFIXES: Final = (".warc", ".warc.gz")
_LOCAL_HEADER: Final = 30  # bytes before the name; the lengths of name and extra field are its last four


class ZipMember(NamedTuple):
    """Where a member's bytes are in the zip."""

    start: int
    end: int
    is_stored: bool  # False: they are compressed


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a zip."""
    return head.startswith(ZIP_MAGIC)


def warcs(path: str) -> list[ZipMember]:
    """The WARCs in the zip, in the order of the file. Raises OSError, and Damage where it is no whole zip."""
    try:
        with zipfile.ZipFile(path) as archive, Path(path).open("rb") as file:
            found: list[ZipMember] = []
            for member in archive.infolist():
                if not member.filename.lower().endswith(WARC_SUFFIXES):
                    continue
                file.seek(member.header_offset)
                header = file.read(_LOCAL_HEADER).ljust(_LOCAL_HEADER, b"\0")
                start = member.header_offset + _LOCAL_HEADER + sum(struct.unpack_from("<HH", header, _LOCAL_HEADER - 4))
                is_stored = member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 1  # bit 0: encrypted
                found.append(ZipMember(start, start + member.compress_size, is_stored))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Damage(f"the zip cannot be read: {error}", truncated=False) from error
    return sorted(found)
