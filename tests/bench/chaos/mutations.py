"""Ways in which a page goes wrong between its author and a crawl: each takes bytes and gives bytes, with dice of its own."""

import random
import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[3]
ODD_TAGS = ("o:p", "fb:like", 'div"', "p,", "a:b:c", "1x", "svg:g", "_", "x-1.2", "ns:h1")
REFERENCES = ("&#8;", "&#1;", "&#27;", "&#xFFFE;", "&#xFFFF;", "&#0;", "&#xD800;", "&#x110000;", "&#;", "&#99999999999;", "&nosuch;")
HALVES = (r"\ud83d", r"\udcff", r"\ud800\ud800", r"\udfff x", r"\u0000", r"\u001b[31m")
CHARSETS = ("utf-16", "gb2312", "windows-1252", "x-user-defined", "utf-7", "no-such-charset", "shift_jis", "\x00", "iso-2022-jp")
PLACES = re.compile(rb"</p>|</h1>|</title>|</li>|</div>")
TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
STRING = re.compile(rb'": ?"[^"]*')
OPEN_P = re.compile(rb"<p[ >]")

Mutation = Callable[[bytes, random.Random], bytes]


def seeds_of(folder: Path | None = None) -> list[bytes]:
    """The pages to mutate: this repository's own, and those under `folder`."""
    places = [ROOT / "samples", ROOT / "tests" / "dissection" / "pages", *([folder] if folder else [])]
    paths = sorted(path for place in places for path in place.rglob("*") if path.suffix in (".html", ".htm"))
    return [content for path in paths if (content := path.read_bytes()).strip()]


def mutated(seeds: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    """(recipe, page): one to three mutations of a seed, one after the other."""
    page = dice.choice(seeds)
    if dice.random() < 0.1:
        page = spliced(page, dice.choice(seeds), dice)
    names = dice.sample(list(MUTATIONS), dice.choice((1, 1, 2, 3)))
    for name in names:
        page = MUTATIONS[name](page, dice)
    return "+".join(names), page


def spliced(page: bytes, other: bytes, dice: random.Random) -> bytes:
    """The beginning of one page and the end of another."""
    return page[: dice.randrange(len(page))] + other[dice.randrange(len(other)) :]


def at_places(page: bytes, dice: random.Random, what: Callable[[], bytes], most: int = 6) -> bytes:
    """`what` put in front of the ends of some elements."""
    ends = [match.start() for match in PLACES.finditer(page)] or [len(page) // 2]
    for end in sorted(dice.sample(ends, min(len(ends), dice.randint(1, most))), reverse=True):
        page = page[:end] + what() + page[end:]
    return page


def flipped(page: bytes, dice: random.Random) -> bytes:
    changed = bytearray(page)
    for _ in range(dice.randint(1, 60)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut_out(page: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(page))
    return page[:start] + page[start + dice.randint(1, 2000) :] or b"<"


def doubled(page: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(page))
    return page[:start] + page[start : start + dice.randint(1, 3000)] * dice.randint(2, 30) + page[start:]


def truncated(page: bytes, dice: random.Random) -> bytes:
    return page[: dice.randint(1, len(page))]


def odd_tags(page: bytes, dice: random.Random) -> bytes:
    name = dice.choice(ODD_TAGS).encode()
    return TAG.sub(lambda m: b"<" + m[1] + name if dice.random() < 0.05 else m[0], page)


def around_lists(page: bytes, dice: random.Random) -> bytes:
    """Lists stand in an element with a prefix or a malformed name, closed or not."""
    name, closes = dice.choice(ODD_TAGS).encode(), dice.random() < 0.5
    opened = page.replace(b"<ul", b"<" + name + b"><ul").replace(b"<article", b"<" + name + b"><article")
    return opened.replace(b"</ul>", b"</ul></" + name + b">") if closes else opened


def control_references(page: bytes, dice: random.Random) -> bytes:
    return at_places(page, dice, lambda: dice.choice(REFERENCES).encode())


def half_characters(page: bytes, dice: random.Random) -> bytes:
    """Half an emoji in values of JSON-LD, which JavaScript's substring makes."""
    block = rb'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Put off", "author": {"name": "A"}, ' \
            rb'"datePublished": "2026-01-02", "articleSection": "s", "keywords": "a,b", "image": "i.jpg"}</script>'  # fmt: skip
    page = page if b"ld+json" in page else page.replace(b"</head>", block + b"</head>", 1)
    return STRING.sub(lambda m: m[0] + dice.choice(HALVES).encode() if dice.random() < 0.4 else m[0], page)


def broken_json(page: bytes, dice: random.Random) -> bytes:
    start = page.find(b"ld+json")
    if start < 0:
        return page + b'<script type="application/ld+json">' + b'[{"a":' * dice.randint(1, 5000) + b"</script>"
    place = dice.randint(start, min(len(page), start + 600))
    return page[:place] + dice.choice((b"{", b"]", b'"', b"\\", b"null,", b"1e999", b"</script>", b"<!--")) + page[place:]


def brackets(page: bytes, dice: random.Random) -> bytes:
    signs = (b"(", b"[", b"((((", b"?(", b"\xef\xbf\xbd(", b"\xef\xbc\x88")
    return at_places(page, dice, lambda: dice.choice(signs) * dice.randint(1, 40))


def lost_bytes(page: bytes, dice: random.Random) -> bytes:
    marks = (b"\xef\xbf\xbd", b"?", b"\xff\xfe", b"\xc3\xaf\xc2\xbf\xc2\xbd")
    return at_places(page, dice, lambda: dice.choice(marks) * dice.randint(1, 9))


def huge_attribute(page: bytes, dice: random.Random) -> bytes:
    value = dice.choice((b"x", b"&amp;", b"'", b"\n", b"%")) * dice.randint(1000, 60_000)
    return OPEN_P.sub(b'<p title="' + value + b'" ', page, count=2)


def wrong_charset(page: bytes, dice: random.Random) -> bytes:
    return b'<meta charset="' + dice.choice(CHARSETS).encode() + b'">' + page


def other_bytes(page: bytes, dice: random.Random) -> bytes:
    """Another encoding than it says."""
    text = page.decode("utf-8", "replace")
    return text.encode(dice.choice(("utf-16", "utf-32", "cp1252", "gb18030", "big5", "utf-16-le", "shift_jis")), "replace")


def nested(page: bytes, dice: random.Random) -> bytes:
    name, depth = dice.choice((b"div", b"b", b"table", b"ul><li", b"o:p", b"blockquote")), dice.choice((50, 300, 3000))
    return at_places(page, dice, lambda: (b"<" + name + b">") * depth, most=1)


def odd_addresses(page: bytes, dice: random.Random) -> bytes:
    """Links and the page's own address that no parser takes."""
    bad = dice.choice(("http://[::1/x", "http://[domain]/x", "http://a\u2100b/x", "//", "http://x:99999/", "\x1b]0;", "h t:/")).encode()
    own = b'<link rel="canonical" href="' + bad + b'"><meta property="og:url" content="' + bad + b'"></head>'
    page = page.replace(b"</head>", own, 1)
    return re.sub(rb'(href|src)="[^"]*"', lambda m: m[1] + b'="' + bad + b'"' if dice.random() < 0.3 else m[0], page)


def odd_dates(page: bytes, dice: random.Random) -> bytes:
    dates = ("0000-00-00", "99999-01-01", "2026-13-45T25:61:61", "2026-" * 200, "١٢/٣/٢٠٢٦", "-1", "1e400", "now", "2026-02-29")
    date = dice.choice(dates).encode()
    return re.sub(rb"20\d\d-\d\d-\d\d", lambda m: date if dice.random() < 0.5 else m[0], page)


MUTATIONS: dict[str, Mutation] = {
    change.__name__: change
    for change in (
        flipped, cut_out, doubled, truncated, odd_tags, around_lists, control_references, half_characters, broken_json, brackets,
        lost_bytes, huge_attribute, wrong_charset, other_bytes, nested, odd_addresses, odd_dates,
    )
}  # fmt: skip
