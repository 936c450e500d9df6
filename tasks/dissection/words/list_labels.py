"""Labels of listings among the lines of a text."""

import re
from functools import cache

from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import width, without_readings

LABEL_WIDTH = 60  # most columns of a label
LEAST_LABEL = 9  # columns, where "view all" is glued to it: "加载更多新闻" is a button
NOTE_WIDTH = 36  # most columns of what stands beside a headline with a number in it: "vor 3 Stunden", "上海热线 ⋅ 12评论 ⋅ 相关"
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")


def bare_of(text: str) -> str:
    """Without marks around it."""
    return text if text[:1].isalnum() and text[-1:].isalnum() else _MARKS.sub("", text)


def label_in(text: str) -> str | None:
    """The label that a line is, without the way to more of it behind; None where it is none.

    A short line that ends in such a way is one whatever it says: only lists have more of themselves.
    """
    bare = bare_of(text)
    if bare.casefold().startswith(_openings()) and not SENTENCE_END.search(text.rstrip(" :：")):
        return bare
    rest = without_more(bare)
    for shown in (bare, rest):
        if without_readings(shown).casefold() in _labels():
            return shown
    is_apart = not bare[len(rest) : len(rest) + 1].isalnum() or width(rest) >= LEAST_LABEL
    is_sure = rest != bare and any(map(str.isalpha, rest)) and width(rest) <= NOTE_WIDTH and is_apart
    return rest if is_sure and not is_more(text) and not SENTENCE_END.search(text) else None


def is_more(text: str) -> bool:
    """Whether a line is nothing but the way to more of what stands above it."""
    return bare_of(text).casefold() in _more()


def without_more(text: str) -> str:
    """Without "view all" and the like at the end, which stands behind a blank or a mark where the script has blanks."""
    folded = text.casefold().rstrip(" >»›:：")
    if not folded.endswith(_to_all()):
        return text
    more = next((word for word in _to_all() if folded.endswith(word) and len(folded) > len(word) + 1), "")
    return bare_of(text[: len(folded) - len(more)]) if more else text


@cache
def _labels() -> frozenset[str]:
    return words_of("furniture", "listing_label")


@cache
def _openings() -> tuple[str, ...]:
    return tuple(words_of("text_lines", "label_opening"))


@cache
def _more() -> frozenset[str]:
    return words_of("listing_words", "more") | words_of("text_lines", "beside_label") | words_of("text_lines", "to_all")


@cache
def _to_all() -> tuple[str, ...]:
    return tuple(sorted(words_of("text_lines", "to_all"), key=len, reverse=True))
