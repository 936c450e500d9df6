"""Addresses taken apart. Tables and pages hold some that urlsplit refuses: http://[domain]/x, http://[::1/x."""

import re
from functools import cache
from urllib.parse import SplitResult, urlsplit

from tasks.dissection.words.lexicon import words_of

_PARTS = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)  # RFC 3986, appendix B


def split_url(url: str | None) -> SplitResult:
    """The parts of `url`, whatever it is: where its host is none that could be, still as written."""
    try:
        return urlsplit(url or "")
    except ValueError:
        found = _PARTS.match(url or "")
        return SplitResult(*((part or "") for part in found.groups())) if found else SplitResult("", "", "", "", "")


def leads_to_person(href: str) -> bool:
    """Whether an address is that of what a person wrote."""
    return _person().search(href) is not None


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"/(?:{'|'.join(map(re.escape, words_of('topics', 'person_paths')))})(?:/|$)", re.IGNORECASE)
