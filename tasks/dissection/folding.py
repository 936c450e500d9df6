"""Comparing strings as readers do: width, case, quotes, dashes and white space do not count."""

import re
import unicodedata

_QUOTES = re.compile("[\"'“”‘’«»„‚`´「」『』‹›]")
_SPACE = re.compile("[\\s\u200b\u200c\u200e\u200f\ufeff\u00ad]+")
_DASHES = re.compile("[‐-―−]")


def fold(text: str | None) -> str:
    """`text` with everything removed that two prints of one headline may differ in."""
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return _SPACE.sub("", _DASHES.sub("-", _QUOTES.sub("", text)))
