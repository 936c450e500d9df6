"""URLs as they are asked for: one spelling each, http or https, and filtered of what is no page."""

import html
from collections.abc import Iterable
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from courlan import check_url

MOST_CHARACTERS = 2000  # longer ones are traps
RESERVED = "!#$%&'()*+,/:;=?@[]~"
DEFAULT_PORTS = {"http": 80, "https": 443}


def web_url(url: str, base: str = "") -> str | None:
    """The absolute URL in ASCII, without fragment, credentials and default port; None where it is none of the web."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if parts.scheme not in DEFAULT_PORTS or not host or len(url) > MOST_CHARACTERS:
            return None
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        place = f"[{host}]" if ":" in host else host
        place += "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
        path, query = (quote(part, safe=RESERVED, errors="replace") for part in (parts.path or "/", parts.query))
        return urlunsplit((parts.scheme, place.lower(), path, query, ""))
    except ValueError:  # a port or an IPv6 address that is none, a name that IDNA has no form for
        return None


def host_of(url: str) -> str:
    """Its host, lower case, without port."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """`https://news.example:8443`: what a robots.txt is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def page_urls(links: Iterable[str], base: str) -> list[str]:
    """Those of `links` that may be pages with a story, absolute, each once, in their order: no front page, and what courlan leaves in,
    which knows media, tags and searches."""
    found: dict[str, None] = {}
    for link in links:
        absolute = web_url(html.unescape(link), base)
        checked = check_url(absolute) if absolute else None
        if checked and (url := web_url(checked[0])) and urlsplit(url).path != "/":
            found[url] = None
    return list(found)
