"""Everything that a crawl can contain and should not, written to a folder: each file is one way to go wrong."""

import gzip
import io
import json
from pathlib import Path

SENTENCE = "The ferry to the outer islands was cancelled again on Monday, and the harbour office gave no reason for it. "
MEGABYTE = 2**20


def article(title: str, *, head: str = "", body: str = "", paragraphs: int = 6) -> str:
    """A plain article page in English."""
    text = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(paragraphs))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | Pier Gazette</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{text}{body}</article></body></html>"
    )


def dated(moment: str) -> str:
    return f'<meta property="article:published_time" content="{moment}">'


def warc_record(url: str, html: str) -> bytes:
    """One response record, as a gzip member of its own."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(html.encode())}\r\n\r\n{html}".encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-01T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{abs(hash(url)) % 10**12:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def packed_bomb(megabytes: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(megabytes):
            file.write(b" " * MEGABYTE)
    return packed.getvalue()


def write_all(folder: Path) -> None:
    """One file per trouble, and a few good ones that must load all the same."""
    folder.mkdir(parents=True)

    def page(name: str, content: str | bytes) -> None:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))

    page("good.html", article("The ferry stays in port", head=dated("2026-02-03T04:05:00+01:00")))
    page("empty.html", b"")
    page("binary.html", bytes(range(256)) * 64)
    page("cut.html.gz", gzip.compress(article("Cut").encode())[:-40])
    page("bomb.html.gz", packed_bomb(200))
    page("large.html", article("Large", body=f"<p>{SENTENCE}</p>" * (60 * MEGABYTE // len(SENTENCE))))
    page("deep.html", article("Deep", body="<div>" * 200_000 + SENTENCE + "</div>" * 200_000))
    page("nul.html", article("A page with NUL bytes").replace("ferry", "fer\0ry"))
    page("long-title.html", article("Very long " * 1000))
    page("year-1.html", article("From the year one", head=dated("0001-01-01T00:00:00Z")))
    page("year-9999.html", article("From the year 9999", head=dated("9999-12-31T23:59:59Z")))
    page("table.jsonl", _table())
    warc = [warc_record(f"https://pier-gazette.example/{n}", article(f"Record number {n} of the crawl")) for n in range(4)]
    page("corrupt.warc.gz", warc[0] + warc[1][:60] + b"\xff" * 80 + warc[1][140:] + warc[2])
    page("cut-off.warc.gz", warc[3] + warc_record("https://pier-gazette.example/9", article("Never seen whole"))[:-200])


def _table() -> bytes:
    """Rows of which one holds a lone surrogate, one is no JSON, and one has no page."""
    seen = "2026-03-01T00:00:00Z"
    rows = [
        json.dumps({"url": "https://rows.example/surrogate", "html": article("Half a pair: \ud83d here"), "observed_at": seen}),
        "{ this is no JSON",
        json.dumps({"url": "https://rows.example/nothing", "html": "", "observed_at": seen}),
    ]
    return ("\n".join(rows) + "\n").encode()
