"""Words, signs and class names that say what a number beside a headline counts, and by how much it is multiplied."""

import re
from functools import cache

from tasks.dissection.words.class_names import kind_of_names
from tasks.dissection.words.lexicon import load_lexicon
from tasks.dissection.words.text import COMBINING, LETTERS

KINDS = ("comment", "like", "read", "other")  # of other things, such as shares and pictures, no column is kept
_MAGNITUDES = {
    "thousand": 1_000, "ten_thousand": 10_000, "hundred_thousand": 100_000, "million": 1_000_000,
    "ten_million": 10_000_000, "hundred_million": 100_000_000,
}  # fmt: skip
_WORD = re.compile(rf"{LETTERS}\.?")
_WORDS = re.compile(LETTERS)
_LAST_WORD = re.compile(rf"(?:[^\W\d_'’]|[{COMBINING}])+$")


def magnitude(rest: str, language: str | None) -> tuple[int, int]:
    """(factor, length) of the 万, Tsd. or K that a text begins with; (1, 0) where there is none.

    A letter means what it means in the page's own language; in any other only k, m and w are read.
    """
    text = rest.lstrip(" \u00a0\u202f")
    gap = len(rest) - len(text)
    if not text or gap > 1 or text[0] in "0123456789":
        return 1, 0
    own, joined = _magnitudes()
    for sign, factor in joined:
        if text.startswith(sign):
            return factor, gap + len(sign)
    word = _WORD.match(text)
    if word is None:
        return 1, 0
    key = word[0].rstrip(".")
    factor = own.get((language, key)) or own.get((None, key)) or 1
    return (factor, gap + len(word[0])) if factor > 1 else (1, 0)


@cache
def _magnitudes() -> tuple[dict[tuple[str | None, str], int], tuple[tuple[str, int], ...]]:
    """Factors by (language, word), None for any language; and those of scripts without blanks, longest first."""
    own: dict[tuple[str | None, str], int] = {}
    joined: dict[str, int] = {}
    for name, factor in _MAGNITUDES.items():
        for lang, words in load_lexicon("counts")[name].items():
            for word in words:
                own[lang, word] = factor
                if _is_joined(word):
                    joined[word] = factor
                elif len(word) > 1 or word in "kmw":
                    own.setdefault((None, word), factor)
    return own, tuple(sorted(joined.items(), key=lambda pair: -len(pair[0])))


def kind_before(left: str) -> tuple[str, int] | None:
    """(kind, length) of the count word that a text ends with."""
    words = _words()
    if left.endswith(words.whole):
        word = next(word for word in words.whole if left.endswith(word))
        return words.kinds[word], len(word)
    last = _LAST_WORD.search(left)
    if last is None or not last[0].startswith(words.spaced):
        return None
    stem = next(word for word in words.spaced if last[0].startswith(word))
    return words.kinds[stem], len(last[0])


def kind_after(rest: str) -> tuple[str, int] | None:
    """(kind, length) of the count word that a text begins with, a measure word before it included: 条评论, 개의 댓글."""
    words = _words()
    for measure in words.measures if rest.startswith(words.measures) else ():
        inner = rest[len(measure) :].lstrip()
        if rest.startswith(measure) and (found := _starting(inner, words)):
            return found[0], len(rest) - len(inner) + found[1]
    return _starting(rest, words)


def _starting(rest: str, words: "_Words") -> tuple[str, int] | None:
    entry = next((word for word in words.by_first.get(rest[:1], ()) if rest.startswith(word)), None)
    if entry is None:
        return None
    whole = _WORD.match(rest) if not _is_joined(entry) else None
    return words.kinds[entry], max(len(entry), whole.end() if whole else 0)


def measure_word_length(rest: str) -> int:
    """Length of the measure word or closing bracket that stands behind a number: 评论 26条, Kommentare (12)."""
    measures = _words().measures
    return next((len(word) for word in measures if rest.startswith(word)), int(rest[:1] in (")", "）", "]") and rest != ""))


def kind_of_label(text: str) -> str | None:
    """What a text says is counted, without a number: "Kommentare", "评论排行榜", "Most commented". Never "other"."""
    folded = text.lower()
    words = _words()
    for word in words.joined:
        if len(word) > 1 and words.kinds[word] != "other" and word in folded:
            return words.kinds[word]
    for part in _WORDS.findall(folded):
        if part.startswith(words.spaced):
            kind = words.kinds[next(word for word in words.spaced if part.startswith(word))]
            if kind != "other":
                return kind
    return None


class _Words:
    """Count words with their kinds, longest first: of scripts with blanks, where an entry begins a word, and of the others."""

    def __init__(self) -> None:
        tables = load_lexicon("counts")
        self.kinds = {word: kind for kind in reversed(KINDS) for words in tables[kind].values() for word in words}
        self.every = tuple(sorted(self.kinds, key=len, reverse=True))
        self.by_first = {first: tuple(w for w in self.every if w[0] == first) for first in {w[0] for w in self.every}}
        self.joined = tuple(word for word in self.every if _is_joined(word))
        self.whole = tuple(word for word in self.every if _is_joined(word) or " " in word)  # nothing goes on behind these
        self.spaced = tuple(word for word in self.every if not _is_joined(word))
        self.measures = tuple(sorted((w for words in tables["measure_words"].values() for w in words), key=len, reverse=True))


@cache
def _words() -> _Words:
    return _Words()


def _is_joined(word: str) -> bool:
    """Whether it is of a script without blanks between words, or a sign. Thai is the first of these scripts in Unicode."""
    return "\u0e00" <= word[0] < "\u1e00" or word[0] >= "\u2000"


def kind_counted(names: str) -> str | None:
    """What the class names around a bare number say it counts: of KINDS, or rank."""
    return kind_of_names(names, (*KINDS, "rank"))
