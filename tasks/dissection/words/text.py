"""Comparing strings as readers do: width, case, quotes, dashes and white space do not count."""

import unicodedata
from functools import lru_cache

_TABLE = {ord(c): None for c in "\"'“”‘’«»„‚`´「」『』‹›\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad"} | {ord(c): "-" for c in "‐‑‒–—―−"}


@lru_cache(maxsize=1024)  # one page compares the same few strings dozens of times
def fold(text: str | None) -> str:
    """`text` with everything removed that two prints of one headline may differ in."""
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().translate(_TABLE).split())
