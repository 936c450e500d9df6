"""From what trafilatura extracted to the paragraphs of the article: without the headline, its labels and the tail."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.dissection.furniture import LABEL_CHARS, NOTICE_CHARS, fold, kind_of
from tasks.dissection.measures import RUN_BYTES
from tasks.dissection.sentences import SENTENCE_END

# A listing or a notice ends the article where less than this share of its text stands behind it.
TAIL_SHARE = 0.25

_WHEN = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d\d|\b\d{1,2}[:：]\d\d\b")
SCRAP_BYTES = 24  # of a line behind the last sentence: eight Chinese characters, a button's worth
_ONLY_MARKS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The kept lines and, for the evidence, how many were dropped by which rule."""

    lines: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]

    def under(self, standfirst: str | None) -> "Paragraphs":
        """With the standfirst as its first line, unless it says so already."""
        if not standfirst or not self.lines or fold(standfirst)[:40] in fold("".join(self.lines)[:3000]):
            return self
        return Paragraphs((standfirst, *self.lines), (*self.dropped, ("standfirst added", 1)))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def running_bytes(text: str) -> int:
    """UTF-8 bytes of the lines that are long enough to be running text."""
    return sum(size for line in text.split("\n") if (size := len(line.encode("utf-8", "replace"))) >= RUN_BYTES)


def article_paragraphs(text: str, titles: Iterable[str], captions: frozenset[str] = frozenset()) -> Paragraphs:
    """Lines of the article among those of an extraction.

    `titles` are the headlines the page offers, its <title> too; `captions` what it prints with images, folded.
    """
    lines = [line for line in map(str.strip, text.split("\n")) if line and not _ONLY_MARKS.fullmatch(line)]
    counts: dict[str, int] = {}
    lines, counts["headline"] = _without_headline(lines, [fold(t) for t in titles if t])
    kinds = ["caption" if captions and len(line) <= NOTICE_CHARS and fold(line) in captions else kind_of(line) for line in lines]
    end = _tail_start(lines, kinds)
    counts["tail"] = len(lines) - end
    kept = []
    for line, kind in zip(lines[:end], kinds, strict=False):
        if kind is None:
            kept.append(line)
        else:
            counts[kind] = counts.get(kind, 0) + 1
    while len(kept) > 1 and _is_scrap(kept[-1]):
        kept.pop()
        counts["scrap"] = counts.get("scrap", 0) + 1
    return Paragraphs(tuple(kept), tuple((rule, n) for rule, n in counts.items() if n))


def _without_headline(lines: list[str], titles: list[str]) -> tuple[list[str], int]:
    """Lines above the first running paragraph go where they repeat the headline or are a dateline, nothing else."""
    top = next((i for i, line in enumerate(lines) if is_running(line)), 0)
    kept = [line for line in lines[:top] if not _repeats(line, titles) and not is_dateline(line)]
    first = [line for line in lines[top : top + 1] if not _repeats(line, titles)]
    return kept + first + lines[top + 1 :], top + 1 - len(kept) - len(first) if lines else 0


def is_running(line: str) -> bool:
    """Whether the line is a paragraph of sentences."""
    return len(line.encode("utf-8", "replace")) >= RUN_BYTES and bool(SENTENCE_END.search(line))


def _is_scrap(line: str) -> bool:
    """Buttons and reactions under an article; not sign-offs, which letters with case have there."""
    if line.lower() != line.upper() and not line.startswith("- "):
        return False
    return len(line.encode("utf-8", "replace")) < SCRAP_BYTES and not SENTENCE_END.search(line)


def _repeats(line: str, titles: list[str]) -> bool:
    """Whether the line is a headline, a cut-off one, or a headline behind a kicker."""
    folded = fold(line)
    if len(folded) < 4:
        return False
    return any(
        folded == title
        or (len(folded) >= 8 and folded in title)
        or (len(title) >= 12 and folded.endswith(title) and len(folded) < 2 * len(title))
        for title in titles
    )


def is_dateline(line: str) -> bool:
    """Whether the line is short, says a date or a time of day, and is no sentence."""
    return len(line) <= LABEL_CHARS and bool(_WHEN.search(line)) and not SENTENCE_END.search(line)


def _tail_start(lines: list[str], kinds: list[str | None]) -> int:
    """Index behind the article's last line.

    A closing line near the end always ends it; a label or notice does where what follows is headlines and scraps rather
    than sentences.
    """
    sizes = [len(line) for line in lines]
    total, rest, sentences = sum(sizes), 0, 0
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        kind = kinds[index]
        if kind == "closing" or (kind in ("listing_label", "notice") and sentences <= rest / 2):
            end = index
        rest += sizes[index]
        sentences += sizes[index] if is_running(lines[index]) else 0
        if rest >= TAIL_SHARE * total:
            break
    return end
