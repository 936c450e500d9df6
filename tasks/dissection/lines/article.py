"""Which lines of a text are the article, and which one above it is the headline."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from tasks.dissection.lines.lines import Line
from tasks.dissection.lines.shapes import Shape, line_kind, shape_of
from tasks.dissection.words.furniture import is_dateline
from tasks.dissection.words.sentences import SENTENCE_END, is_running
from tasks.dissection.words.text import line_key, width
from tasks.dissection.words.web_address import split_url

# What a line says for (its bytes, up to the cap) or against being inside the article. Chosen on the text of 217 real pages, taken
# with two extractors: halving or doubling one of them moves the F1 of their bodies by 0.02 at most, mostly by 0.003.
MOST_WEIGHT = 600  # one long notice must not outweigh an article
SENTENCE_WEIGHT = 20
_WEIGHTS = {
    Shape.LABEL: -300, Shape.COMMENTS: -600, Shape.BUTTON: -200, Shape.END: -80, Shape.NOTE: -60, Shape.SHORT: -40, Shape.HEADLINE: -40,
    Shape.PROSE: 0,
}  # fmt: skip
EASTERN_LINE = -5  # of a line without a stop in Chinese or Japanese: what is written for phones breaks paragraphs into such lines
ITEM_WEIGHT = -40  # of a line with a bullet, besides its own: menus have them, and so have lists in articles
MOST_GAP = 8  # lines between two parts of a short article: buttons, a notice, a pointer to another story
_ENDS = frozenset((Shape.LABEL, Shape.COMMENTS, Shape.END, Shape.NOTE))
ENOUGH = 600  # an article of so much weight ends at what readers wrote and at a closing line
# Lines above the body among which the headline is sought: bylines, share bars and widgets stand between.
MOST_HEADER = 40
TITLE_CHARS = range(4, 300)  # longest real headline in the pages is 214
LEAST_TITLE_WIDTH = 12  # columns; the shortest real one has four Chinese characters
_SLUG_WORD = re.compile(r"[^\W\d_]{3,}")
_OPEN_ENDS = (":", "：", "...", "…", "?", "？")  # of labels, cut teasers and the headlines of others
LEAST_SLUG_WORDS = 3


def article_span(lines: Sequence[Line]) -> tuple[int, int]:
    """(first, behind the last) line of the stretch with the most text for and the least against; (0, 0) where there is none."""
    stretches = list(_stretches(lines))
    if not stretches:
        return 0, 0
    best = max(range(len(stretches)), key=lambda number: stretches[number][2])
    start, end, _ = stretches[best]
    for below, stop, _ in stretches[best + 1 :]:
        if not _is_gap(lines[end:below]):
            break
        end = stop
    for top, above, _ in reversed(stretches[:best]):
        if not _is_gap(lines[above:start]):
            break
        start = top
    return _widened(lines, start, end)


def _is_gap(lines: Sequence[Line]) -> bool:
    """Whether lines between two stretches are what pages set between paragraphs: few, and none heads or ends anything."""
    return len(lines) <= MOST_GAP and not any(line.begins or shape_of(line.text) in _ENDS for line in lines)


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Stretches that no other of more weight continues, each from its first paragraph to its last."""
    start = end = -1
    total = peak = 0
    after_label = False
    shape = Shape.SHORT
    for index, line in enumerate(lines):
        above, shape = shape, shape_of(line.text)
        gain = _weight(line, shape)
        if gain > 0 and after_label and above is Shape.HEADLINE:
            gain = 0  # a teaser under its headline
        if start >= 0 and peak >= ENOUGH and (shape is Shape.COMMENTS or line_kind(line.text) == "closing"):
            total = -1
        else:
            total += gain
        if start >= 0 and total <= 0:
            yield start, end, peak
            start, total, peak, after_label = -1, 0, 0, False
        if start < 0:
            total = max(gain, 0)
            start = index if gain > SENTENCE_WEIGHT else -1
        if start >= 0 and total > peak:
            end, peak = index + 1, total
        after_label = start >= 0 and (after_label or shape is Shape.LABEL)
    if start >= 0:
        yield start, end, peak


def _weight(line: Line, shape: Shape) -> int:
    if shape in (Shape.PROSE, Shape.HEADLINE):
        if "cookie" in line.text.casefold():
            return _WEIGHTS[Shape.NOTE]  # consent notices list them at the length of an article
        if is_running(line.text):
            return min(len(line.text.encode("utf-8", "replace")), MOST_WEIGHT)
        if SENTENCE_END.search(line.text) and not line.begins:
            return SENTENCE_WEIGHT
        if shape is Shape.HEADLINE and not line.begins and width(line.text) > 2 * len(line.text):
            return EASTERN_LINE
    return _WEIGHTS[shape] + (ITEM_WEIGHT if line.begins and not line.is_spaced else 0)


def _widened(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """With the short sentences that stand directly above and below."""
    while start > 0 and _is_sentence(lines[start - 1]):
        start -= 1
    while end < len(lines) and _is_sentence(lines[end]):
        end += 1
    return start, end


def _is_sentence(line: Line) -> bool:
    if line.begins or not SENTENCE_END.search(line.text) or line.text.endswith(_OPEN_ENDS):
        return False
    return shape_of(line.text) in (Shape.PROSE, Shape.HEADLINE) and not is_dateline(line.text)


def title_line(lines: Sequence[Line], start: int, url: str | None) -> int | None:
    """Index of the headline above the body; None where no line there can be one.

    A headline is mostly printed twice (in <title>, in a breadcrumb, above the body), and many addresses spell it.
    """
    slug = _slug_words(url)
    keys = [line_key(line.text) for line in lines[:start]]
    counts = Counter(keys)
    first = keys[0] if keys else ""
    best: tuple[float, int] | None = None
    for index in range(start):
        text, key = lines[index].text, keys[index]
        if len(text) not in TITLE_CHARS or width(text) < LEAST_TITLE_WIDTH or not key or is_dateline(text) or line_kind(text) is not None:
            continue
        is_first = len(key) >= 8 and index > 0 and (key in first or (first in key and len(first) >= 8))
        if not is_first and index < start - MOST_HEADER:
            continue
        score = _title_score(lines[index], index, start) + 2 * (counts[key] > 1) + 4 * _spelled(slug, text) + 5 * is_first
        if best is None or score >= best[0]:
            best = score, index
    return best[1] if best else None


def _title_score(line: Line, index: int, start: int) -> float:
    """By the line alone: long enough, no paragraph, marked as a heading, near the body."""
    columns = width(line.text)
    score = min(columns, 60) / 20 - min(start - index, MOST_HEADER) / 10
    if index == 0:
        score -= 1  # a <title> says more than the headline; where it says the same the other line has the points
    if shape_of(line.text) not in (Shape.HEADLINE, Shape.SHORT, Shape.PROSE) or line.begins:
        score -= 2
    if SENTENCE_END.search(line.text) and line.text.endswith((".", "。", "।", "۔", ":", "：")):
        score -= 2
    return score + 3 * line.is_heading


def _slug_words(url: str | None) -> frozenset[str]:
    path = unquote(split_url(url).path)
    parts = [frozenset(_SLUG_WORD.findall(part.casefold())) for part in path.split("/")]
    longest = max(parts, key=len, default=frozenset())
    return longest if len(longest) >= LEAST_SLUG_WORDS else frozenset()


def _spelled(slug: frozenset[str], text: str) -> float:
    """Share of the address's words that the line has; addresses are written without accents, so it is seldom all."""
    return len(slug & frozenset(_SLUG_WORD.findall(text.casefold()))) / len(slug) if slug else 0.0
