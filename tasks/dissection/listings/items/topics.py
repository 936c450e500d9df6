"""The topic beside a headline: the short label of a section, tag or series, and nothing that only looks like one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.dissection.listings.found import FoundItem
from tasks.dissection.listings.items.parsed_text import ParsedText
from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.list_labels import is_more, kind_of_list
from tasks.dissection.words.text import CJK, line_key

LEAST_SCORE = 2
LONGEST = 32  # characters of a topic that nothing but its place tells; the longest kickers and tags that a class name tells have 60
LONGEST_NAMED = 60
LONGEST_CJK, LONGEST_CJK_NAMED = 16, 24  # of the same in Chinese, Japanese and Korean
LEAST_COLUMN = 3
MOST_LABEL_WORDS = 3  # "Trending", "Editor's pick": of a badge that says what a list is
MOST_WORDS = 7
CONSTANT_SHARE = 0.8  # a text beside so many items says what the list is about, and not what the item is
_SENTENCE = re.compile(r"[!?！？。…]|[.;；，]\s|\.$|@|https?:")
_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]+\s){1,2}[A-ZÀ-ÖØ-Þ][\w'’.-]+")
_HOST = re.compile(r"^(?:[a-z]+:)?//[^/]*", re.IGNORECASE)
_STEP = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class TopicCandidate:
    """A text that may be the topic. `is_named`: a class name or its address says so, and not only where it stands."""

    text: str
    score: float
    is_named: bool


def topics_of(
    items: Sequence[Sequence[ParsedText]], found: Sequence[FoundItem], headlines: Sequence[str], label: str | None
) -> list[str | None]:
    """The topic of each item, or None. One text that stands at all items gives way to one that tells them apart."""
    if not any(part.texts for item in items for part in item):
        return [None] * len(items)
    kickers = _kickers_below(items)
    candidates = [list(_candidates(*each, label, kickers)) for each in zip(items, headlines, (one.href for one in found), strict=True)]
    said = Counter(text for own in candidates for text in {candidate.text for candidate in own})
    least = max(4, CONSTANT_SHARE * len(items))
    constant = {text for text, count in said.items() if count >= least}
    return [_best(own, constant) for own in candidates]


def _best(candidates: list[TopicCandidate], constant: set[str]) -> str | None:
    telling = [each for each in candidates if each.text not in constant] or [each for each in candidates if each.is_named]
    return max(telling, key=lambda candidate: candidate.score).text if telling else None


def _candidates(
    item: Sequence[ParsedText], headline: str, href: str | None, label: str | None, kickers: frozenset[str]
) -> Iterator[TopicCandidate]:
    if not any(part.texts for part in item):
        return
    known = (line_key(headline), line_key(label or ""))
    above = [index for index, part in enumerate(item) if part.is_before and part.texts]
    for index, part in enumerate(item):
        if part.hint in ("person", "source", "teaser") or not part.texts:
            continue
        link = part.piece.href if part.piece.href != href else None
        address = _told_by_address(link)
        place = _place(part, index in above[-1:]) + address + 0.5 * (link is not None)
        place += 2.0 * (part.piece.text in kickers or _is_beside_time(item, index))
        for number, text in enumerate(part.texts):
            score = place - number / 10 - index / 100 * (not part.is_before)
            if score >= LEAST_SCORE and _may_be_topic(text, part, link) and line_key(text) not in known:
                yield TopicCandidate(text, score, part.hint == "topic" or address > 0)


def _place(part: ParsedText, is_next: bool) -> float:
    """How strongly name and place tell a topic: right above the headline, or in one text with the time."""
    score = 3.0 if part.hint == "topic" else 0.0
    if part.is_before:
        score += 2.0 if is_next else 1.0
    if part.printed is not None and part.piece.tag != "time":
        score += 2.0
    return score


def _is_beside_time(item: Sequence[ParsedText], index: int) -> bool:
    """Whether the element next to it holds a time: "3 hours ago", "Business"."""
    near = (item[i] for i in (index - 1, index + 1) if 0 <= i < len(item))
    return item[index].hint is None and any(part.printed is not None and not part.texts for part in near)


def _kickers_below(items: Sequence[Sequence[ParsedText]]) -> frozenset[str]:
    """Texts right behind the headlines, where all items have one and they are unlike names: style sheets put some of them above."""
    firsts = [next((part for part in item if not part.is_before), None) for item in items]
    texts = [part.piece.text for part in firsts if part is not None and part.texts == (part.piece.text,) and part.hint is None]
    if len(texts) < LEAST_COLUMN or len(texts) < len(items) or len(set(texts)) < len(texts):
        return frozenset()
    if any(len(text) > LONGEST_NAMED or CJK.search(text) for text in texts) or sum(" " in text for text in texts) < len(texts) / 2:
        return frozenset()
    return frozenset(texts) if sum(bool(_NAME.fullmatch(text)) for text in texts) < len(texts) / 2 else frozenset()


@lru_cache(maxsize=4096)
def _told_by_address(href: str | None) -> float:
    """Whether a link leads to stories of a topic: 2; to a person: -9; to a story or nowhere: 0."""
    if not href or href.startswith(("javascript:", "mailto:")):
        return -9.0 if href else 0.0
    path = _HOST.sub("", href.partition("#")[0].partition("?")[0])  # urlsplit took a tenth of the reading of an item
    steps = _STEP.findall(path.lower())
    if any(step in words_of("topics", "person_paths") for step in steps):
        return -9.0
    if any(step in words_of("topics", "topic_paths") for step in steps):
        return 2.0
    # a front page of a section: few steps, and none with the number or the long slug of a story
    return 1.5 if len(steps) <= 2 and not any(sum(map(str.isdigit, s)) > 3 or s.count("-") > 3 for s in steps) else 0.0


@lru_cache(maxsize=4096)
def _is_no_topic(text: str) -> bool:
    """Words for the form of a story, buttons, bylines, lines that furniture knows."""
    folded = text.casefold()
    if folded in words_of("topics", "form") or folded in words_of("buttons", "beside_headline"):
        return True
    if len(folded.split()) <= MOST_LABEL_WORDS and kind_of_list(text) in ("hot", "related", "recommended", "author"):
        return True
    if folded in words_of("times", "modified") or folded in words_of("times", "published"):
        return True
    if is_more(text) or folded.startswith(_bylines()) or kind_of(text) is not None:
        return True
    return not line_key(text) or folded.isdecimal()


@cache
def _bylines() -> tuple[str, ...]:
    """What a byline begins with; a blank or colon follows."""
    words = [word for word in words_of("credit_labels", "byline") if len(word) > 1]
    return tuple(f"{word}{mark}" for word in words for mark in (" ", ":", "："))


def _may_be_topic(text: str, part: ParsedText, link: str | None) -> bool:
    is_told = part.hint == "topic" or part.is_before
    longest = LONGEST_NAMED if is_told else LONGEST
    if not 1 < len(text) <= longest or len(text.split()) > MOST_WORDS or _SENTENCE.search(text) or _is_no_topic(text):
        return False
    if CJK.search(text):
        if len(text) > (LONGEST_CJK_NAMED if is_told else LONGEST_CJK):
            return False
        return is_told or link is not None or not any(text.endswith(end) and len(text) > len(end) + 1 for end in _endings())
    return is_told or link is not None or (", " not in text and not _NAME.fullmatch(text))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(words_of("topics", "outlet_endings"))
