"""From what trafilatura extracted to the paragraphs of the article: without the headline, its labels and the tail."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.dissection.furniture import LABEL_CHARS, fold, kind_of
from tasks.dissection.measures import RUN_BYTES
from tasks.dissection.sentences import SENTENCE_END

# A listing or a notice ends the article where less than this share of its text stands behind it.
TAIL_SHARE = 0.2

_WHEN = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d\d|\b\d{1,2}[:：]\d\d\b")
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


def article_paragraphs(text: str, titles: Iterable[str]) -> Paragraphs:
    """Lines of the article among those of an extraction. `titles` are the headlines the page offers, its <title> too."""
    lines = [line for line in map(str.strip, text.split("\n")) if line and not _ONLY_MARKS.fullmatch(line)]
    counts: dict[str, int] = {}
    lines, counts["headline"] = _without_headline(lines, [fold(t) for t in titles if t])
    end, counts["tail"] = _tail_start(lines)
    kept = []
    for line in lines[:end]:
        kind = kind_of(line)
        if kind is None:
            kept.append(line)
        else:
            counts[kind] = counts.get(kind, 0) + 1
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


def _repeats(line: str, titles: list[str]) -> bool:
    """Whether the line is a headline, a cut-off one, or a headline behind a kicker."""
    folded = fold(line)
    if len(folded) < 4:
        return False
    return any(
        folded == title or (len(folded) >= 8 and folded in title) or (len(title) >= 12 and folded.endswith(title) and len(folded) < 2 * len(title))
        for title in titles
    )


def is_dateline(line: str) -> bool:
    """Whether the line is short, says a date or a time of day, and is no sentence."""
    return len(line) <= LABEL_CHARS and bool(_WHEN.search(line)) and not SENTENCE_END.search(line)


def _ends_article(line: str, behind: list[str]) -> bool:
    """A closing line always; a label or notice where what follows are headlines and scraps rather than sentences."""
    kind = kind_of(line)
    if kind in ("listing_label", "notice"):
        return sum(len(rest) for rest in behind if is_running(rest)) <= sum(map(len, behind)) / 2
    return kind == "closing"


def _tail_start(lines: list[str]) -> tuple[int, int]:
    """(index behind the article's last line, lines cut)."""
    sizes = [len(line) for line in lines]
    total, before = sum(sizes), 0
    for index, line in enumerate(lines):
        if total - before < TAIL_SHARE * total and _ends_article(line, lines[index + 1 :]):
            return index, len(lines) - index
        before += sizes[index]
    return len(lines), 0
