"""What the words beside a printed date call it: publication, a change, or something that is not the article's date at all."""

import re
from collections.abc import Iterator
from functools import cache

from tasks.dissection.words.lexicon import words_of

LABEL_CHARS = 30  # a label such as "Aktualisiert am Dienstag, den" is shorter
AFTER_CHARS = 8  # behind a date stands one word: 2024年5月3日 10:00 公開
KINDS = ("modified", "published", "as_of", "event", "today", "comment", "rights", "date")
_NEXT_DATE = re.compile(r"[^\w]{0,3}\d")  # the word behind a date introduces the next one: 21:17（最終更新 1/14 21:40）
# Scripts that write words without blanks, or glue articles to them: their words are found anywhere.
_GLUED = re.compile("[\u0590-\u08ff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+|[©(]")


def label_before(text: str, start: int, floor: int = 0) -> str | None:
    """The kind (a table of lexicons/times.toml) of the last word that names one, right before a date; `floor`: no further back.

    "date" only where no other kind is named: 更新时间 is the time of a change.
    """
    window = text[max(floor, start - LABEL_CHARS) : start].casefold()
    if not window or window.isspace():
        return None
    named = sorted(_named(window))
    return next((kind for *_, kind in reversed(named) if kind != "date"), named[-1][2] if named else None)


def label_after(text: str, end: int, *, is_last: bool = False) -> tuple[str | None, int]:
    """(kind, where it ends) of a word right behind a date, in scripts that put it there; (None, `end`) without one.

    A word with a date behind it introduces that one, unless `is_last`: the line is known to have words behind dates.
    """
    window = text[end : end + AFTER_CHARS].casefold()
    if not _GLUED.search(window):
        return None, end
    start = len(window) - len(window.lstrip(" (（[【"))
    for word, kind in _glued_words():
        if window.startswith(word, start):
            ends = end + start + len(word)
            return (None, end) if not is_last and _NEXT_DATE.match(text, ends) else (kind, ends)
    return None, end


def _named(window: str) -> Iterator[tuple[int, int, str]]:
    """(where it ends, its length, kind) of every word in the window that names a kind: of two that end at one place the longer tells."""
    for match in _WORD.finditer(window):
        for word, kind in _spaced_words().get(match[0], ()):
            if window.startswith(word, match.start()) and not window[match.start() + len(word) :][:1].isalnum():
                yield match.start() + len(word), len(word), kind
    if _GLUED.search(window):
        yield from ((at + len(word), len(word), kind) for word, kind in _glued_words() if (at := window.rfind(word)) >= 0)


@cache
def _spaced_words() -> dict[str, list[tuple[str, str]]]:
    """(word, kind) by the first word of it, for scripts that put blanks between words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS:
        for word in words_of("times", kind):
            if not _GLUED.search(word) and (first := _WORD.match(word)):
                found.setdefault(first[0], []).append((word, kind))
    return found


@cache
def _glued_words() -> list[tuple[str, str]]:
    """(word, kind) of the other scripts, longer ones first, so that 最后更新 is not read as the 更新 that it ends with."""
    words = [(word, kind) for kind in KINDS for word in words_of("times", kind) if _GLUED.search(word)]
    return sorted(words, key=lambda pair: len(pair[0]), reverse=True)
