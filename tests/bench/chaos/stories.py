"""Small pages of a fictional paper: each number is another story, the same one in every run."""

import gzip
import json
import random

NOUNS = ("ferry", "harbour", "bridge", "school", "market", "orchard", "library", "tram", "quarry", "theatre", "clinic", "canal", "mill")
VERBS = ("reopens", "closes", "moves", "grows", "waits", "expands", "returns", "falters", "doubles", "shrinks")
PLACES = ("Aldmere", "Brindle", "Carrow", "Dunholm", "Eastwick", "Farrow", "Greywater", "Hollin")
NAMES = ("Ada Quill", "Ben Marrow", "Cleo Tarn", "Dov Ashby", "Edda Flint", "Finn Locke")
SENTENCES = (
    "The {noun} in {place} {verb} after {count} days of talks, the district office said.",
    "{name} of the residents' group asked why the {noun} had not been told earlier.",
    "Repairs to the {noun} cost {count} thousand crowns, of which {place} pays half.",
    "A spokesman for the {noun} said that work would go on until the end of the month.",
    "Visitors from {place} waited {count} minutes in the rain beside the {noun}.",
)
PARAGRAPHS = 7


def headline(number: int) -> str:
    dice = random.Random(number)
    return f"{dice.choice(PLACES)} {dice.choice(NOUNS)} {dice.choice(VERBS)} for the {number + 2}th time"


def story(number: int) -> str:
    """An article page with a headline, an author, dates, a picture and a list of other stories."""
    dice = random.Random(number)
    when = f"2026-0{number % 9 + 1}-{number % 27 + 1:02d}T0{number % 10}:30:00+01:00"
    text = "".join(f"<p>{' '.join(_sentence(dice) for _ in range(4))}</p>\n" for _ in range(PARAGRAPHS))
    related = "".join(f'<li><a href="/stories/{n}">{headline(n)}, the council hears</a></li>' for n in range(number + 1, number + 6))
    described = {"@type": "NewsArticle", "headline": headline(number), "datePublished": when, "author": {"name": dice.choice(NAMES)}}
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline(number)} | Chaos Courier</title>'
        f'<script type="application/ld+json">{json.dumps(described)}</script></head><body><article><h1>{headline(number)}</h1>\n'
        f'<figure><img src="/p/{number}.jpg" alt=""><figcaption>The place on a Tuesday</figcaption></figure>\n{text}</article>'
        f"<aside><h3>Related stories</h3><ul>{related}</ul></aside></body></html>"
    )


def address(number: int) -> str:
    return f"https://chaos-courier.example/stories/{number}"


def warc_record(url: str, body: bytes, content_type: str = "text/html; charset=utf-8", newline: str = "\r\n") -> bytes:
    """One response record, not packed."""
    http = f"HTTP/1.1 200 OK{newline}Content-Type: {content_type}{newline}Content-Length: {len(body)}{newline}{newline}"
    block = http.encode("utf-8", "replace") + body
    fields = {
        "WARC-Type": "response", "WARC-Target-URI": url, "WARC-Date": "2026-03-01T08:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{len(url) * 7919 + len(body):012d}>",
        "Content-Type": "application/http; msgtype=response", "Content-Length": str(len(block)),
    }  # fmt: skip
    head = "".join(f"{name}: {value}{newline}" for name, value in fields.items())
    return f"WARC/1.1{newline}{head}{newline}".encode("utf-8", "surrogateescape") + block + (newline * 2).encode()


def warc_gz(records: list[bytes]) -> bytes:
    """A gzip member for each record, as crawlers write them."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def _sentence(dice: random.Random) -> str:
    return dice.choice(SENTENCES).format(
        noun=dice.choice(NOUNS), place=dice.choice(PLACES), verb=dice.choice(VERBS), name=dice.choice(NAMES), count=dice.randint(2, 90)
    )
