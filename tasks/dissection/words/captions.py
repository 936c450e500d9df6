"""The words of a caption: what is printed with a picture, without who made it and what is there to be pressed."""

import re
from collections.abc import Iterable
from functools import cache

from tasks.dissection.words.caption_credits import says_credit, without_credit
from tasks.dissection.words.caption_names import credit_label, looks_like_names
from tasks.dissection.words.furniture import LABEL_CHARS, credit_labels, kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.names import says_role
from tasks.dissection.words.roles import picture_labels
from tasks.dissection.words.text import CJK

CAPTION_CHARS = 1000
CAPTION_LINE_CHARS = 200  # of a caption told by its words alone; longer lines are paragraphs
_ANY_MARK = re.compile(r"[:©/=|]|\((?=c\))|\b(?:by|von)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[。！？](?![）)」』】]*$)")
_MARK = re.compile(r"[:©/=|]|\([cC]\)|\b(?:[bB][yY]|[vV]on)\b")
_COUNTER = re.compile(r"[\d\s/:.|]*(?:min|sek|sec)?\.?")


def caption_in(texts: Iterable[str]) -> str | None:
    """The caption among the texts that stand at a picture; None where they only say whose picture it is."""
    kept = [text for text in texts if not says_credit(text)]
    while len(kept) > 1 and looks_like_names(kept[-1]):
        kept.pop()
    while len(kept) > 1 and looks_like_names(kept[0]):
        kept.pop(0)
    # one line printed for phones and again for wider screens
    text = without_credit(" ".join(dict.fromkeys(kept))).rstrip(" •·|")
    return text[:CAPTION_CHARS] if _says_something(text) else None


def _says_something(text: str) -> bool:
    """Whether it is more than marks, a label without what it labels, a button or a byline."""
    if sum(map(str.isalpha, text)) < 2 or text.endswith((":", "：")):
        return False
    if CJK.search(text):
        return True
    if is_control(text) or kind_of(text) == "control" or text.casefold() in credit_labels():
        return False
    return says_role(text) != "author" or not looks_like_names(text)


def is_control(text: str) -> bool:
    """Whether the text is a button at a picture, or a count."""
    bare = text.strip(" ()（）[]|+×>»…:：").casefold()
    return bare.rstrip(" 0123456789/()-–") in words_of("buttons", "at_picture") or bool(_COUNTER.fullmatch(bare))


def is_caption_line(line: str, *, behind_image: bool = False) -> bool:
    """Whether a short line says by its own words that it goes with a picture: 图为…, …（视觉中国）, … 연합뉴스, … Foto: Ann Lee.

    Sentences are none, whatever their last word is, unless they begin as captions do. `behind_image`: a sentence may go before
    the word that tells; elsewhere that word is what is left of a picture, and the sentence is the story's.
    """
    if not 3 <= len(line) <= CAPTION_LINE_CHARS:
        return False
    if line.isascii() or not CJK.search(line):
        return line.casefold().startswith(_terms("opening")) or bool(_may_be_labelled(line) and credit_label(False).search(line))
    folded = line.casefold().strip()
    if len(line) > LABEL_CHARS or folded.startswith(_terms("opening")):
        return len(line) <= LABEL_CHARS
    return folded.rstrip(" )）]】」』|").endswith(_terms("ending")) and (behind_image or not _SENTENCES.search(folded))


def _may_be_labelled(line: str) -> bool:
    """Whether one of its marks stands behind the last letters of a label: asked of every line, since the labels take 50 times as long."""
    if _MARK.search(line) is None:
        return False
    marks = ((mark[0], line[: mark.start()].rstrip()[-2:].lower()) for mark in _ANY_MARK.finditer(line))
    return any(mark in "©(" or end in _label_ends() for mark, end in marks)


@cache
def _label_ends() -> frozenset[str]:
    """The last two letters of every label, and of what stands before "by" in the phrases that open a credit."""
    openings = (word.removesuffix("by ").removesuffix("von ").rstrip() for word in words_of("captions", "credit_opening"))
    return frozenset(word[-2:] for word in (*picture_labels(), *openings))


@cache
def _terms(table: str) -> tuple[str, ...]:
    return tuple(words_of("captions", table))
