"""The address that a page names as its own, among those it declares: templates and test servers leave others there."""

import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tasks.dissection.findings import Candidate

_EMPTY: Final = frozenset({"undefined", "null", "none", "nan", "false", "#", "/undefined", "/null"})  # what scripts print for no value
_TEMPLATE = re.compile(r"\{\{|\}\}|\$\{|<%|%[sd]\b|\[(?:url|domain|permalink)\]", re.IGNORECASE)
_GLUED = re.compile(r"/+https?:/", re.IGNORECASE)  # a base with a whole URL behind it; archives have a date between
_BARE_HOST = re.compile(r"www\.[\w-]+(?:\.[\w-]+)+(?:/|$)", re.IGNORECASE)
_NO_PUBLIC_ENDS = (".localhost", ".local", ".internal", ".intranet", ".invalid", ".lan")  # RFC 6761, 6762, and what networks use


def own_addresses(stated: Sequence[tuple[str, str]], page_url: str | None, absolute: Callable[[str], str | None]) -> tuple[Candidate, ...]:
    """What `stated`, (place, address) in the order of trust, comes to: the first that can be the page's own has won.

    `absolute` joins an address to `page_url`, where the page was captured, or says that it is none.
    """
    fetched = _split(page_url)
    joined = [(source, text, absolute(_with_scheme(text, fetched))) for source, text in stated]
    others = [fetched, *(_split(url) for _, _, url in joined)]
    candidates: list[Candidate] = []
    for source, text, url in joined:
        doubt = _doubt(text, url, fetched, others)
        verdict = f"refused: {doubt}" if doubt else "lost" if any(c.verdict == "won" for c in candidates) else "won"
        candidates.append(Candidate(source, url or text, verdict))
    return tuple(candidates)


def _doubt(text: str, url: str | None, fetched: SplitResult | None, others: Sequence[SplitResult | None]) -> str | None:
    """Why an address cannot be the page's own."""
    parts = _split(url)
    if text.strip().lower() in _EMPTY or _TEMPLATE.search(text):
        return "a template's placeholder"
    if parts is None or not parts.hostname:
        return "no absolute URL"
    if _GLUED.match(parts.path):
        return "a URL behind a URL"
    if not (fetched and fetched.hostname == parts.hostname) and not _is_public(parts.hostname):
        return "no public host"
    if parts.path in ("", "/") and not parts.query and any(_is_deeper(other, parts) for other in others):
        return "the front page, and the page is another"
    return None


def _is_public(host: str) -> bool:
    """Whether a host can be reached by readers: a name with a dot, or an address that is not of a private network."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith(_NO_PUBLIC_ENDS)


def _is_deeper(other: SplitResult | None, front: SplitResult) -> bool:
    """Whether another address of the page is one of a story on the same site; /news or /en may be a front page, too."""
    return other is not None and other.hostname == front.hostname and len([part for part in other.path.split("/") if part]) > 1


def _with_scheme(text: str, fetched: SplitResult | None) -> str:
    """www.outlet.example/story is the host and not a folder named so; likewise the host that the page was captured at."""
    own = fetched and fetched.hostname and text.lower().startswith((f"{fetched.hostname}/", f"{fetched.netloc}/"))
    return f"{(fetched and fetched.scheme) or 'https'}://{text}" if own or _BARE_HOST.match(text) else text


def _split(url: str | None) -> SplitResult | None:
    try:
        return urlsplit(url) if url else None
    except ValueError:  # a broken IPv6 host
        return None
