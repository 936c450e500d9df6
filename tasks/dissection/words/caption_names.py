"""What names somebody in the credit of a picture, and the labels that stand before it: Foto: …, © …, photo by …."""

import re
from collections.abc import Iterable
from functools import cache

from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.furniture import LABEL_CHARS
from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.roles import picture_labels
from tasks.dissection.words.text import CJK

WORD = re.compile(r"[^\W\d_][\w.’'-]*")
LABEL_MARK = re.compile(r"[:：©ⓒ/=|]|\(c\)|(?:by|von)\s", re.IGNORECASE)  # credit_label asks for one, and takes ten times as long
_PARTING = re.compile(r"\s*[/|,;–—]\s*")
_BETWEEN_NAMES = re.compile(r"\s*[/|,;–—]\s*|\svia\s|\s-\s|\s(?=\w+$)")
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")


def looks_like_names(text: str) -> bool:
    """Whether it is short and every word is a name: Lee Ann/AFP, The Courier."""
    if len(text) > LABEL_CHARS or CJK.search(text):
        return False
    parts = _PARTING.split(text)
    words = WORD.findall(text)
    if not words or (text[-1] in ".!?" and len(words) > 3):
        return False
    small = words_of("captions", "between_names")
    rest = (word for part in parts if not agency_named(part, pictures=True) for word in WORD.findall(part))
    return all(word[0].isupper() or word.casefold() in small or "." in word[1:-1] or agency_named(word, pictures=True) for word in rest)


def is_labelled(text: str) -> bool:
    """Whether it holds a label with its mark, or begins with one that names or a host follow: Navy photo by Ann Lee, foto Ann Lee."""
    if LABEL_MARK.search(text) and (credit_label(True).search(text) or text.partition(":")[0].strip().casefold() in picture_labels()):
        return True
    label, _, names = text.partition(" ")
    if label.casefold().rstrip(".:") not in _bare_labels():
        return False
    names = names.strip()
    return bool(names) and (looks_like_names(names) or bool(_HOST.fullmatch(names)) or agency_named(names, pictures=True) is not None)


def names_agency(text: str) -> bool:
    """Whether an agency is named in it: alone, or beside other names."""
    return any(agency_named(part, pictures=True) for part in (text, *_BETWEEN_NAMES.split(text)))


def names_medium(text: str) -> bool:
    """Whether one of the names is a newspaper's, a station's or a site's: Ann Lee, The River Times."""
    return not _media_words().isdisjoint(word.casefold() for word in WORD.findall(text))


@cache
def _media_words() -> frozenset[str]:
    return frozenset(word for words in load_lexicon("media").values() for word in words)


@cache
def _bare_labels() -> frozenset[str]:
    return frozenset(label.rstrip(".:") for label in picture_labels())


@cache
def credit_label(sources: bool) -> re.Pattern[str]:
    """A label with its mark, or what opens a credit, up to the end of the text. `sources`: also labels of other things' sources."""
    others = words_of("credit_labels", "source") | words_of("credit_labels", "picture_other") if sources else frozenset()
    labels = _either(picture_labels() | others)
    by = _either(t for t in words_of("captions", "credit_opening") if t.endswith(("by ", "von ")))
    return re.compile(
        rf"(?:[©ⓒ]|(?:(?<=[\s(\[|/–—.])|^)(?:(?:{labels})\s?[:：©/=|]|\(c\)|{by}))\s*(?=\S)[^.!?]*(?:\.\w[^!?]*)?[.)\]]*$", re.IGNORECASE
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
