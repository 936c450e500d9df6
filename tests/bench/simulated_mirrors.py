"""Real paragraphs behind simulated mirrors: how many come back, and how many of those that claim it."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from opencc import OpenCC

from tasks.restoration.repairs import Restored
from tasks.restoration.restore import restore
from tests.restoration.simulator import TABLES, Cloak, is_in_gbk, random_dictionary

PARAGRAPHS = 200
OF_ONE_PAGE = 12  # at most, so that many pages and dictionaries take part
SHORTEST = 15  # characters
LEAST_PARAGRAPHS = 4  # of a page, so that its dictionary can be inferred
TONED = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
GLOSS = re.compile(rf"\([{TONED}]{{1,7}}\)")  # the expression that strips brackets, to compare with
LOST = "\N{REPLACEMENT CHARACTER}"
Page = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Score:
    """Counts of paragraphs, and of character edits that separate them from the originals."""

    paragraphs: int = 0
    exact: int = 0
    claimed: int = 0  # all whose repairs of bytes are proved
    claimed_exact: int = 0
    characters: int = 0
    edits: int = 0
    edits_naive: int = 0  # left by stripping brackets and OpenCC
    edits_unmarked: int = 0  # without those at which U+FFFD says that something is missing


def score_simulator(rows: list[dict[str, Any]], worst: int) -> Score:
    """`rows` of the manifest; prints up to `worst` paragraphs that did not come back."""
    score, printed = Score(), 0
    for number, (page_id, paragraphs) in enumerate(_drawn(rows)):
        cloak = cloak_of(number, "".join(text for _, body in pages_of(rows) for text in body))
        served = cloak.apply(_as_html(paragraphs))
        for clean, before, after, is_claimed in _paragraphs(paragraphs, served, restore(served)):
            is_exact = folded(clean) == folded(after)
            _count(score, clean, before, after, is_exact, is_claimed)
            if not is_exact and printed < worst:
                printed += 1
                print(f"  {page_id} {cloak.table} {'CLAIMED ' if is_claimed else ''}{difference(clean, after)}")
    return score


def cloak_of(number: int, text: str) -> Cloak:
    """Another mirror for each page, the same ones in every run."""
    dice = random.Random(number)
    table = TABLES[number % len(TABLES)]
    return Cloak(random_dictionary(dice, dice.randint(20, 137), text, table), table, is_halved=number % 4 != 0)


def pages_of(rows: list[dict[str, Any]]) -> list[Page]:
    """Bodies of Chinese pages in paragraphs that a mirror can hold and that have no readings of their own."""
    pages = []
    for row in rows:
        if row["lang"] == "zh" and row.get("body"):
            texts = (text.strip() for text in row["body"].split("\n"))
            fit = tuple(text for text in texts if len(text) >= SHORTEST and is_in_gbk(text) and not GLOSS.search(text))
            if len(fit) >= LEAST_PARAGRAPHS:
                pages.append((row["id"], fit))
    return pages


def _drawn(rows: list[dict[str, Any]]) -> Iterator[Page]:
    """Pages in an order of chance, the same one in every run, up to PARAGRAPHS paragraphs."""
    pages, room = pages_of(rows), PARAGRAPHS
    random.Random(0).shuffle(pages)
    for page_id, texts in pages:
        taken = texts[: min(OF_ONE_PAGE, room)]
        room -= len(taken)
        if taken:
            yield page_id, taken


def _as_html(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>\n" for text in paragraphs)


def _paragraphs(clean: tuple[str, ...], served: str, restored: Restored) -> Iterator[tuple[str, str, str, bool]]:
    """(clean, as served, restored, whether proof is claimed); paragraphs begin at their tags, which are never damaged."""
    starts = [match.start() for match in re.finditer("<p>", served)]
    befores, afters = served.split("<p>")[1:], restored.text.split("<p>")[1:]
    for text, before, after, start in zip(clean, befores, afters, starts, strict=True):
        end = start + len("<p>") + len(before)
        inside = [repair for repair in restored.repairs if repair.start < end and repair.end > start]
        is_claimed = all(repair.is_proved for repair in inside if repair.method != "script")
        yield text, before.rstrip("\n").removesuffix("</p>"), after.rstrip("\n").removesuffix("</p>"), is_claimed


def _count(score: Score, clean: str, before: str, after: str, is_exact: bool, is_claimed: bool) -> None:
    score.paragraphs += 1
    score.exact += is_exact
    score.claimed += is_claimed
    score.claimed_exact += is_claimed and is_exact
    score.characters += len(clean)
    score.edits += edits(folded(clean), folded(after))
    score.edits_naive += edits(folded(clean), folded(OpenCC("t2s").convert(GLOSS.sub("", before))))
    score.edits_unmarked += edits(folded(clean), folded(after), unmarked=True)


def folded(text: str) -> str:
    """As the scorer compares: one width, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def edits(wanted: str, found: str, *, unmarked: bool = False) -> int:
    """Characters to replace, insert or delete, near enough; with `unmarked` without spans that hold U+FFFD."""
    spans = SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes()
    return sum(
        max(end - start, stop - begin)
        for kind, start, end, begin, stop in spans
        if kind != "equal" and not (unmarked and LOST in found[begin:stop])
    )


def difference(wanted: str, found: str) -> str:
    """The first place where two texts differ, with what stands around it."""
    one, other = folded(wanted), folded(found)
    spans = [span for span in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if span[0] != "equal"]
    return "; ".join(f"{one[max(0, a - 8) : b + 4]!r} -> {other[max(0, c - 8) : d + 4]!r}" for _, a, b, c, d in spans[:2])
