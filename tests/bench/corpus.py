"""Many pages from few: each copy of a real page has its own URL, text and dates, so that no cache flatters anybody, and no relation
is found between them: the words of its sentences stand in another order."""

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples" / "html"
SHARED = Path(__file__).parents[3] / "shared"
MANIFEST = SHARED / "pages" / "manifest.jsonl"
DAY = re.compile(rb"(20[0-2]\d-[01]\d-)([0-2]\d)(?=\D)")
PARAGRAPH_END = re.compile(rb"</p>", re.IGNORECASE)
TEXT = re.compile(r"(?<=>)(?:[^<>{}]{40,}|[^<>{}\d]{12,39})(?=<)")  # not of scripts and styles, which have braces; nor a line of a date
BODY_OF_DATA = re.compile(r'(?<="articleBody":")(?:[^"\\]|\\.)+|(?<="articleBody": ")(?:[^"\\]|\\.)+')
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
WORD = re.compile(r"\s+|[\u3400-\u9fff\u3040-\u30ff]{1,3}|[^\s\u3400-\u9fff\u3040-\u30ff]+")


def copies(count: int) -> Iterator[tuple[str, str, bytes]]:
    """`count` triples (file name, URL, HTML). Raises FileNotFoundError where the real pages are not at hand."""
    rows = [json.loads(line) for line in MANIFEST.read_text(encoding="utf-8").splitlines()]
    pages = [gzip.decompress((MANIFEST.parent / row["html"]).read_bytes()) for row in rows]
    for number in range(count):
        row, html = rows[number % len(rows)], pages[number % len(rows)]
        url = f"https://copy{number:06d}.example/{row['id']}"
        other = html if number < len(rows) else _in_another_order(html, number)
        yield f"{number // 500:04d}/{number:06d}.html", url, _changed(other, number)


def copies_of_samples(count: int) -> Iterator[tuple[str, str, bytes]]:
    """The same of the samples that are shipped, which everybody has; of a tenth of the size of real pages."""
    pages = [path.read_bytes() for path in sorted(SAMPLES.glob("*-*/*.html"))]
    for number in range(count):
        yield (
            f"{number // 500:04d}/{number:06d}.html",
            f"https://copy{number:06d}.example/story",
            _changed(pages[number % len(pages)], number),
        )


def write_corpus(folder: Path, count: int, of: Callable[[int], Iterator[tuple[str, str, bytes]]] = copies) -> Path:
    """The copies as an html_folder with its sidecar; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pages.jsonl").open("w", encoding="utf-8") as sidecar:
        for name, url, html in of(count):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(html)
            sidecar.write(json.dumps({"file": name, "url": url, "observed_at": "2026-11-01T00:00:00Z"}) + "\n")
    return folder


def _in_another_order(html: bytes, number: int) -> bytes:
    """What stands in the page, the words of each text in another order. In the encoding that it has; bytes that are no text in it stay."""
    encoding = _encoding(html)
    page, order = html.decode(encoding, "surrogateescape"), random.Random(number)

    def shuffled(text: re.Match[str]) -> str:
        return words_in_another_order(text[0], order)

    return BODY_OF_DATA.sub(shuffled, TEXT.sub(shuffled, page)).encode(encoding, "surrogateescape")


def words_in_another_order(text: str, order: random.Random) -> str:
    """The same words, with what separates them where it was."""
    words = WORD.findall(text)
    places = [place for place, word in enumerate(words) if not word.isspace()]
    for place, word in zip(places, order.sample([words[place] for place in places], len(places)), strict=True):
        words[place] = word
    return "".join(words)


def _encoding(html: bytes) -> str:
    """UTF-8 where that fits, otherwise what the page declares."""
    try:
        html.decode()
    except UnicodeDecodeError:
        declared = CHARSET.search(html)
        return declared[1].decode("ascii") if declared else "latin-1"
    return "utf-8"


def _changed(html: bytes, number: int) -> bytes:
    moved = DAY.sub(lambda m: m[1] + b"%02d" % ((int(m[2]) + number) % 28 + 1), html)
    return PARAGRAPH_END.sub(b" %d</p>" % number, moved) + b"<!-- %d -->" % number  # pages without a paragraph, too
