"""What a line of text looks like: a headline, what stands beside one, a label, a paragraph, or something that is neither."""

import re
from enum import IntEnum, auto
from functools import cache, lru_cache

from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.list_labels import LABEL_WIDTH, NOTE_WIDTH, heads_comments, label_in
from tasks.dissection.words.sentences import RUN_BYTES, SENTENCE_END
from tasks.dissection.words.text import WIDE, bare, width

# Columns: eight Chinese characters or four English words, as page_kind says; the longest real headline has 214 letters.
HEADLINE_WIDTH = range(24, 260)
DATED_WIDTH = 44  # most columns of it behind a full date: "2021-07-20 14:15 " and a topic of nine characters
LONGEST_NOTE = DATED_WIDTH + 20
COUNTED = ("comment", "like", "read")  # of lexicons/counts.toml; what else it counts ends headlines too: "6774元"
DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?(?:19|20)\d\d|(?<!\d)\d{1,2}月\s?\d{1,2}日"
)
CLOCK = re.compile(r"(?<!\d)\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?!\d)")
_RIGHTS = ("©", "(c) ", "Copyright ", "COPYRIGHT ")
_LETTERS = re.compile(r"[^\W\d_]")
_STOP = re.compile(r"[.。।۔][\"'”’»“‘」』）)\]]*$")
_STOPS_WITHIN = re.compile(r"[^\s.][.]\s|[。！？।۔]|[!?؟]\s")


line_kind = lru_cache(maxsize=4096)(kind_of)


class Shape(IntEnum):
    LABEL = auto()  # heads a listing, by lexicon
    COMMENTS = auto()  # heads what readers wrote
    BUTTON = auto()  # stands under what a reader wrote
    END = auto()  # a notice, a credit, a right: neither listing nor article
    NOTE = auto()  # stands beside a headline: time, count, rank, with or without a topic
    SHORT = auto()  # too short for a headline, and no number in it
    HEADLINE = auto()
    PROSE = auto()  # sentences


@lru_cache(maxsize=4096)  # every line of a page is asked for several times
def shape_of(text: str) -> Shape:
    kind = line_kind(text)
    columns = width(text)
    if columns <= LABEL_WIDTH:
        said = bare(text)
        if heads_comments(said):
            return Shape.COMMENTS
        if kind == "listing_label" or label_in(text) is not None:
            return Shape.LABEL
        if columns < NOTE_WIDTH and _is_button(said):
            return Shape.BUTTON
    if kind in ("closing", "notice", "credit") or text.startswith(_RIGHTS):
        return Shape.END
    if is_note(text, columns):
        return Shape.NOTE
    if columns < HEADLINE_WIDTH.start:
        return Shape.SHORT
    return Shape.PROSE if is_prose(text, columns) else Shape.HEADLINE


def is_note(text: str, columns: int) -> bool:
    """Whether a line is a time, a count or a rank, with a topic or a name at most."""
    if columns > LONGEST_NOTE or not any(map(str.isdigit, text)):
        return False
    if DATE.search(text):
        return columns - width(_LETTERS.sub("", text)) <= DATED_WIDTH - 10
    return columns < HEADLINE_WIDTH.start or (columns <= NOTE_WIDTH and bool(CLOCK.search(text) or _counted().search(text.casefold())))


def is_prose(text: str, columns: int) -> bool:
    """Whether a line is sentences rather than a headline, which has no full stop and seldom two sentences."""
    if columns >= HEADLINE_WIDTH.stop:
        return True
    if _STOP.search(text) and not text.endswith(("...", "..")):
        return columns >= 2 * HEADLINE_WIDTH.start
    is_long = len(text.encode("utf-8", "replace")) >= RUN_BYTES
    return is_long and len(_STOPS_WITHIN.findall(text)) >= 2 and bool(SENTENCE_END.search(text))


def _is_button(text: str) -> bool:
    return text.casefold() in words_of("buttons", "under_comment")


@cache
def count_stems() -> tuple[str, ...]:
    """Every word that is printed beside a count, longest first; where scripts have blanks an entry begins a word."""
    return tuple(sorted({word for table in COUNTED for word in words_of("counts", table)}, key=len, reverse=True))


@cache
def counted_words() -> str:
    """The same as alternatives of a pattern."""
    return "|".join(re.escape(word) + ("" if WIDE.search(word) else r"[^\W\d_]*") for word in count_stems())


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"(?:{counted_words()})\s*[:：(（]?\s*\d|\d\s*(?:{counted_words()})(?!\w)|\d\s*[条條件]")
