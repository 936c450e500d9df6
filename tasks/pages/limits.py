"""How much of a page is read. Apart, so that reading settings loads no library of dissection."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes and characters."""

    max_page_bytes: int  # a payload beyond this, unpacked, is not read
    max_text_chars: int  # a longer text is kept raw and not dissected


DEFAULT_LIMITS = Limits(max_page_bytes=64 * 2**20, max_text_chars=16 * 2**20)
