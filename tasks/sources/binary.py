"""Is this a page at all, or a picture under a page's name?"""

import re

from tasks.sources.page import PageUnreadable

SAMPLE = 4096
# First bytes by which file(1) and the WHATWG MIME Sniffing standard know what is no text.
MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM\x00", b"%PDF-", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf",
    b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PAR1", b"OggS", b"ID3",
    b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"SQLite format 3",
)  # fmt: skip
UTF_16_BOMS = (b"\xff\xfe", b"\xfe\xff")
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p)[\s>]", re.IGNORECASE)
CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\x0b\f\r\x1b")))  # ESC starts the shifts of ISO-2022-JP
MAX_CONTROL_SHARE = 0.05  # random bytes have 0.10; a page with stray NULs stays far below


def is_binary(body: bytes) -> bool:
    """Whether `body` is something that no charset turns into a page. NUL bytes alone do not make it so."""
    sample = body[:SAMPLE]
    if sample.startswith(UTF_16_BOMS):
        return False
    if sample.startswith(MAGIC):
        return True
    if MARKUP.search(sample.replace(b"\0", b"")):
        return False
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls > MAX_CONTROL_SHARE * len(sample)


def refuse_binary(body: bytes, name: str) -> None:
    """Raise PageUnreadable("not_text") where `body` is binary."""
    if is_binary(body):
        raise PageUnreadable("not_text", f"{name}: expected a page, the bytes begin with {body[:8]!r}")
