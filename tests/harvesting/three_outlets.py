"""Three outlets with a hundred stories each, and every trap that a harvester meets."""

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.chaos.stories import headline, story
from tests.harvesting.loopback_site import Reply, Site

HOSTS = {"harbour.test": "127.0.0.11", "courier.test": "127.0.0.12", "gazette.test": "127.0.0.13"}
FORBIDDEN = "127.0.0.2"
STORIES = 100  # of each outlet
WRITTEN = "Mon, 02 Mar 2026 08:00:00 GMT"
XML = {"Content-Type": "application/xml"}
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
BOMB = gzip.compress(bytes(64 * 2**20), 9)

SOURCES = """
contact = "https://broadsheet.example/crawler"
seconds_between = {between}

[outlets.harbour]
name = "Harbour Post"
hosts = ["harbour.test"]
country = "GB"
language = "en"
kind = "newspaper"
feeds = ["http://harbour.test:{port}/feed.xml"]

[outlets.courier]
name = "Chaos Courier"
hosts = ["courier.test"]
country = "IE"
language = "en"
kind = "online"
sitemaps = ["http://courier.test:{port}/sitemap.xml"]

[outlets.gazette]
name = "Valley Gazette"
hosts = ["gazette.test", "inside.gazette.test", "rebound.gazette.test"]
country = "NZ"
language = "en"
kind = "newspaper"
collection = "valleys"
fronts = ["http://gazette.test:{port}/"]
page_files = ["urls.txt"]
"""


@contextmanager
def serving(stories: int = STORIES, printed: Callable[[int], str] = story) -> Iterator[Site]:
    """The three, with so many stories each: harbour has a feed, courier sitemaps, gazette a front page and most of the traps."""
    site = Site({})
    with site.serving(*HOSTS.values(), FORBIDDEN):
        _fill(site, stories, printed)
        yield site


def _fill(site: Site, stories: int, printed: Callable[[int], str]) -> None:
    for number, host in enumerate(HOSTS):
        site.pages |= {(host, f"/stories/{n}"): _story(number * stories + n, printed) for n in range(stories)}
        rules = "User-agent: *\nDisallow: /private/\n"
        site.pages[host, "/robots.txt"] = Reply(rules.encode(), headers={"ETag": '"r"', "Content-Type": "text/plain"})
    at = site.url
    links = [at("harbour.test", f"/stories/{n}") for n in range(stories)]
    items = "".join(f"<item><title>{headline(n)}</title><link>{link}</link></item>" for n, link in enumerate(links))
    private = f"<item><link>{at('harbour.test', '/private/story-behind-a-wall')}</link></item>"
    feed = f'<?xml version="1.0"?><rss><channel><title>Harbour</title><link>{at("harbour.test")}</link>{items}{private}</channel></rss>'
    site.pages["harbour.test", "/feed.xml"] = Reply(feed.encode(), headers=XML | {"ETag": '"feed-1"'})
    half, both = stories // 2, [at("courier.test", "/news.xml"), at("courier.test", "/old.xml.gz")]
    site.pages["courier.test", "/sitemap.xml"] = _sitemap("sitemapindex", "sitemap", both)
    site.pages["courier.test", "/news.xml"] = _sitemap("urlset", "url", [at("courier.test", f"/stories/{n}") for n in range(half)])
    old = _sitemap("urlset", "url", [at("courier.test", f"/stories/{n}") for n in range(half, stories)])
    packed = gzip.compress(bytes(old.body), mtime=0)
    site.pages["courier.test", "/old.xml.gz"] = Reply(packed, headers={"Content-Type": "application/gzip", "ETag": '"old"'})
    site.pages["gazette.test", "/"] = front(list(range(stories)))
    _set_traps(site)


def write_sources(site: Site, folder: Path, between: float = 0.0, *urls: str) -> Path:
    """sources.toml, and the list of URLs that gazette has besides."""
    (folder / "urls.txt").write_text("# traps and others\n" + "\n".join(urls) + "\n")
    path = folder / "sources.toml"
    path.write_text(SOURCES.format(port=site.port, between=between))
    return path


def traps(site: Site) -> list[str]:
    """URLs of gazette that lead nowhere."""
    names = ("to-loopback", "to-metadata", "in-circles", "away", "endless", "dripping", "bomb", "picture", "gone", "broken", "cut",
             "nonsense")  # fmt: skip
    hosts = [f"http://inside.gazette.test:{site.port}/stories/internal-page", f"http://rebound.gazette.test:{site.port}/stories/second"]
    return [site.url("gazette.test", f"/traps/{name}-story") for name in names] + hosts


def _set_traps(site: Site) -> None:
    to = site.url("gazette.test", "/traps/in-circles-story")
    html = {"Content-Type": "text/html"}
    replies = {
        "to-loopback": Reply(status=302, headers={"Location": f"http://{FORBIDDEN}:{site.port}/secret"}),
        "to-metadata": Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}),
        "in-circles": Reply(status=301, headers={"Location": to, "Set-Cookie": "who=you"}),
        "away": Reply(status=301, headers={"Location": "https://elsewhere.example/story"}),
        "endless": Reply(_endless),
        "dripping": Reply(_dripping),
        "bomb": Reply(BOMB, headers=html | {"Content-Encoding": "gzip"}),
        "picture": Reply(bytes(100_000), headers={"Content-Type": "image/jpeg"}),
        "gone": Reply(status=410),
        "broken": Reply(b"\x1f\x8b\x08 no gzip at all", headers=html | {"Content-Encoding": "gzip"}),
        "cut": Reply(_cut),
        "nonsense": Reply(lambda connection: connection.sendall(b"\x00\x01\x02 hello\r\n\r\n")),
    }
    site.pages |= {("gazette.test", f"/traps/{name}-story"): reply for name, reply in replies.items()}
    busy = _story(990)
    site.pages["gazette.test", "/stories/busy"] = lambda nth: busy if nth > 1 else Reply(status=429, headers={"Retry-After": "1"})
    site.pages["gazette.test", "/stories/moved"] = Reply(status=301, headers={"Location": "/stories/moved-here"})
    site.pages["gazette.test", "/stories/moved-here"] = _story(991)


def _story(number: int, printed: Callable[[int], str] = story) -> Reply:
    """With an ETag, with Last-Modified, packed, or with nothing that a server could be asked by: in turn."""
    text = printed(number)
    match number % 10:
        case 7:
            return Reply.html(text)
        case 3 | 6:
            return Reply(gzip.compress(text.encode(), mtime=0), headers={
                "Content-Type": "text/html", "Content-Encoding": "gzip", "ETag": f'W/"{number}"'})  # fmt: skip
        case 1 | 5:
            return Reply.html(text, Last_Modified=WRITTEN)
        case _:
            return Reply.html(text, ETag=f'"{number}"', Last_Modified=WRITTEN)


def front(order: list[int]) -> Reply:
    """A front page: a headline for each story, in this order."""
    items = "".join(f'<li><a href="/stories/{n}">{headline(500 + n)}, the council hears</a></li>' for n in order)
    return Reply.html(
        f'<!doctype html><html lang="en"><head><title>Valley Gazette</title></head><body><h1>Valley Gazette</h1>'
        f"<section><h2>Most read</h2><ol>{items}</ol></section>"
        '<a href="/stories/busy">Busy</a><a href="/stories/moved">Moved</a></body></html>',
        ETag=f'"front-{order[0]}"',
    )


def _sitemap(root: str, each: str, urls: list[str]) -> Reply:
    entries = "".join(f"<{each}><loc>{url}</loc></{each}>" for url in urls)
    return Reply(
        f'<?xml version="1.0" encoding="UTF-8"?><{root} {SITEMAP}>{entries}</{root}>'.encode(), headers=XML | {"ETag": f'"{root}"'}
    )


def _endless(connection: socket.socket) -> None:
    """Bytes, as fast as they are taken, for as long as they are."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    while True:
        connection.sendall(b"<p>and so on</p>" * 4096)


def _dripping(connection: socket.socket) -> None:
    """A header line that never ends, a byte now and then: no read waits for long."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        connection.sendall(b"z")
        time.sleep(0.05)


def _cut(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html><body><p>Only this")


def as_options() -> list[str]:
    """What tells the command line where the three are."""
    return [word for host, address in HOSTS.items() for word in ("--allow-host", f"{host}={address}")]
