"""A crawl of five sources over days, made up for the operator's bench: one falls silent, one changes its pages, one gives rejects."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

SOURCES = ("harbour", "tidings", "docks", "slate", "vale")
SILENT, DRIFTING, REJECTED, KILLED = "tidings", "docks", "slate", "vale"
SILENT_FROM = 6  # day from which on the crawler of SILENT brings nothing
PAGES = 10  # of a source and day
VOCABULARY = """
    ferry harbour office council budget winter storm bridge market school river engine captain visitor street evening morning repair crew
    island lantern signal cargo village meeting reporter minister railway platform garden museum library student teacher festival
"""
WORDS = VOCABULARY.split()


def write_day(folder: Path, source: str, day: int, *, is_last: bool, pages: int = PAGES) -> Path:
    """What the crawler of a source brings on a day, from 0 on; the folder of the source."""
    drop = folder / source / f"2026-03-{day + 1:02d}"
    drop.parent.mkdir(parents=True, exist_ok=True)
    if source == SILENT and day >= SILENT_FROM:
        return folder / source
    drop.mkdir()
    chance, lines = random.Random(f"{source} {day}"), []
    for number in range(pages):
        is_bad = number % 12 == 11 or (source == REJECTED and is_last and number % 2 == 0)
        url = f"https://www.{source}-mail.example/news/{day:02d}{number:03d}"
        html = (
            "<html><body><div id=app></div></body></html>"
            if is_bad
            else page(chance, source, day, is_changed=source == DRIFTING and is_last)
        )
        (drop / f"{number:03d}.html").write_text(html)
        observed = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=day)
        lines.append(json.dumps({"file": f"{number:03d}.html", "url": url, "observed_at": observed.isoformat()}))
    (drop / "pages.jsonl").write_text("\n".join(lines) + "\n")
    return folder / source


def page(chance: random.Random, source: str, day: int, *, is_changed: bool) -> str:
    """An article; where its site is changed, without what the site told machines and without its byline."""
    title = f"{chance.choice(WORDS).title()} and {chance.choice(WORDS)} of the {chance.choice(WORDS)} {chance.randrange(10**6)}"
    body = "".join(f"<p>{sentences(chance)}</p>" for _ in range(7))
    author = f"{chance.choice('ABCDEFG')}. {chance.choice(WORDS).title()}son"
    told = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "author": {"@type": "Person", "name": author},
        "datePublished": f"2026-03-{day + 1:02d}T06:{chance.randrange(60):02d}:00Z", "articleSection": "Local",
    }  # fmt: skip
    machine = "" if is_changed else f"<script type=application/ld+json>{json.dumps(told)}</script>"
    byline = "" if is_changed else f"<p class=byline>By {author}</p>"
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | {source.title()} Mail</title>{machine}</head>"
        f"<body><article><h1>{title}</h1>{byline}{body}</article></body></html>"
    )


def sentences(chance: random.Random) -> str:
    return " ".join(f"The {' '.join(chance.choices(WORDS, k=11))} on Monday, and nobody gave a reason for it." for _ in range(3))


def a_day_passes(home: Path) -> None:
    """Date every run back by a day, so that the next one is of today: the only clock that a warehouse has is ops.runs.started_at."""
    with duckdb.connect(str(home / "loader" / "warehouse.duckdb")) as con:
        con.execute("UPDATE ops.runs SET started_at = started_at - INTERVAL 1 DAY, ended_at = ended_at - INTERVAL 1 DAY")
