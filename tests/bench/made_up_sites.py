"""Sites that are made up: what they publish one after the other, in which languages, and what their pages list."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np

from tasks.restoration.characters.scripts import traditional
from tests.bench.corpus import SHARED
from warehouse.search.fold import fold

SHARES = {"zh": 0.52, "en": 0.20, "de": 0.12, "ja": 0.08, "ko": 0.04, "ar": 0.04}
TRADITIONAL = 0.3  # of the Chinese ones
LETTERS = {"zh": 1100, "ja": 1100, "ko": 1300}  # characters of a body; of other languages OTHER
OTHER = 2600
CLAUSE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+|\n+")
HOSTS = 40
EVERY = 5  # articles of a site, between two front pages
FRONT, HOT, RELATED = 20, 3, 3  # items of a front page, and of the listings of an article
UNCAPTURED = 0.1  # of what is related
HOT_LIST, RELATED_LIST, LATEST_LIST = ("hot", "Most read"), ("related", "Related"), ("latest", "Latest")
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 1_000


class Story(NamedTuple):
    """What an item of a listing shows, and where it leads."""

    title: str
    folded: str
    url: str


class Sites:
    """Sites that publish, one article after the other, and what their pages list."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Raises FileNotFoundError where the real pages are not at hand."""
        self._rng = rng
        self._clauses = _clauses()
        self._stories: dict[str, list[Story]] = defaultdict(list)  # by host, the newest last

    def page(self, number: int, count: int) -> Iterator[dict[str, Any]]:
        """An article of `count`, and where it is time the front page of its site behind it."""
        rng = self._rng
        at = BEGIN + timedelta(minutes=(number * DAYS * 1440) // count + int(rng.integers(30)))
        host = f"outlet{int(rng.integers(HOSTS)):02d}.example"
        url = f"https://{host}/{at:%Y/%m/%d}/{number}.html"
        known = self._stories[host]
        listed = [(HOT_LIST, self._hot(known)), (RELATED_LIST, self._related(known, host))]
        text = self._text(number)
        known.append(Story(text["title"], text["title_folded"], url))
        seen = at + timedelta(hours=3)
        yield {"page_id": key_of(f"page {number}"), "published_at": at, "host": host, "url": url, "observed_at": seen, **text,
               "listed": listed}  # fmt: skip
        if len(known) % EVERY == 0:
            newest = known[: -FRONT - 1 : -1]
            yield {"page_id": key_of(f"front {number}"), "host": host, "url": f"https://{host}/", "observed_at": seen, "title": None,
                   "listed": [(LATEST_LIST, newest)]}  # fmt: skip

    def _text(self, number: int) -> dict[str, str]:
        rng = self._rng
        lang = str(rng.choice(list(SHARES), p=list(SHARES.values())))
        clauses = self._clauses[lang]
        name = name_of(number, lang)
        title = _cut(clauses[rng.integers(len(clauses))], 60) + name
        length, parts = 0, [name]
        while length < LETTERS.get(lang, OTHER):
            parts.append(clauses[rng.integers(len(clauses))])
            length += len(parts[-1])
        space = "" if lang in ("zh", "ja") else " "
        body = "\n".join(space.join(parts[at : at + 4]) for at in range(0, len(parts), 4))
        if lang == "zh" and rng.random() < TRADITIONAL:
            title, body = (("".join(map(traditional, text))) for text in (title, body))
        return {"title": title, "body": body, "lang": lang, "title_folded": fold(title), "body_folded": fold(body)}

    def _hot(self, known: Sequence[Story]) -> list[Story]:
        """Some of the newest."""
        drawn = self._rng.choice(min(len(known), 3 * FRONT), size=min(len(known), HOT), replace=False)
        return [known[-1 - place] for place in sorted(drawn)]

    def _related(self, known: Sequence[Story], host: str) -> list[Story]:
        """Any that there are, or were before anybody looked."""
        rng = self._rng
        chosen = [known[place] for place in rng.integers(len(known), size=RELATED)] if known else []
        return [
            story
            if rng.random() >= UNCAPTURED
            else Story(f"{story.title}!", f"{story.folded}!", f"https://{host}/before/{key_of(story.url)}")
            for story in chosen
        ]


def name_of(number: int, lang: str) -> str:
    """The name that only article `number` has: four letters of the language, by its number."""
    first, many = {"zh": (0x4E00, 9000), "ja": (0x30A2, 70), "ko": (0xAC00, 9000), "ar": (0x0628, 18)}.get(lang, (ord("a"), 26))
    length = 4 if many > 1000 else 8
    digits = []
    value = number * 2_654_435_761 % 2**32
    for _ in range(length):
        value, digit = divmod(value, many)
        digits.append(chr(first + digit))
    return " " + "".join(digits)


def _clauses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("pages", "pages2"):
        for row in map(json.loads, (SHARED / folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()):
            if row.get("lang") in SHARES:
                found[row["lang"]] += [
                    clause.strip() for clause in CLAUSE_END.split(row.get("body") or "") if 8 <= len(clause.strip()) <= 300
                ]
    return found


def _cut(text: str, most: int) -> str:
    return text[:most].rstrip()


def key_of(text: str) -> str:
    """Sixteen hex digits, as keys of rows are."""
    return sha256(text.encode()).hexdigest()[:16]
