"""What a warehouse says of the regions of its pages, in the form that the scorer of anatomy reads."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bench.quality_floor import zone_of
from warehouse.ask import ask

TABLES = {
    "articles": "FROM core.articles",
    "credits": "FROM core.credits ORDER BY page_id, role, position",
    "images": "FROM core.images ORDER BY page_id, position",
    "items": "FROM core.listing_items ORDER BY page_id, listing_number, position",
    "turns": "FROM core.statements ORDER BY page_id, turn",
}
COUNTS = ("comment_count", "like_count", "rank")
Row = dict[str, Any]


def predict(home: Path) -> list[Row]:
    """One prediction per page with an article, in the scorer's form."""
    ids = {row["page_id"]: row["source_uri"].split(".")[0] for row in ask(home, "SELECT page_id, source_uri FROM raw.pages").records()}
    of_page: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name in TABLES}
    for name, question in TABLES.items():
        for row in ask(home, question).records():
            of_page[name][row["page_id"]].append(row)
    return [
        prediction(ids[page], article, *(of_page[name][page] for name in ("credits", "images", "items", "turns")))
        for page, (article,) in of_page["articles"].items()
    ]


def prediction(key: str, article: Row, credits: list[Row], images: list[Row], items: list[Row], turns: list[Row]) -> Row:
    names = {role: [c["name"] for c in credits if c["role"] == role] for role in ("author", "editor", "source")}
    return {
        "id": key,
        "article": {
            "title": article["title"], "authors": names["author"], "editors": names["editor"],
            "source": next(iter(names["source"]), None),
            "published_at": local(article["published_at"], article["published_zone"]),
            "modified_at": local(article["modified_at"], article["published_zone"]),
            "section": article["section"], "tags": article["tags"], "body": article["body"],
            "image_captions": [i["caption"] for i in images if i["caption"]],
        },
        "listings": list(listings(items)),
        "qa": [{"speaker": t["speaker_label"], "kind": t["kind"], "text": t["text"]} for t in turns],
    }  # fmt: skip


def listings(items: list[Row]) -> Iterable[Row]:
    """Items gathered into their listings, in page order."""
    by_number: dict[int, list[Row]] = defaultdict(list)
    for item in items:
        by_number[item["listing_number"]].append(item)
    for found in by_number.values():
        told = [
            {
                "headline": item["headline"],
                "href": item["url"],
                "published_at": as_shown(item["listed_at"], item["listed_zone"]),
                "topic": item["topic"],
            }
            | {name: item[name] for name in COUNTS}
            for item in found
        ]
        yield {"kind": found[0]["kind"], "label": found[0]["label"], "items": told}


def local(moment: datetime | None, zone: str | None) -> str | None:
    """The moment by the clock of its zone, with the offset."""
    return moment.astimezone(zone_of(zone or "UTC")).isoformat() if moment else None


def as_shown(moment: datetime | None, zone: str | None) -> str | None:
    """The moment by the clock of its zone: the gold has one offset a page, which is wrong for items of the other half of the year."""
    if moment is None or not zone or zone[0] in "+-":
        return local(moment, zone)
    return moment.astimezone(zone_of(zone)).replace(tzinfo=None).isoformat()
