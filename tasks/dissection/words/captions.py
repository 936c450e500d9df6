"""The words of a caption: what is printed with a picture, without who made it and what is there to be pressed.

A credit is cut off where it stands in an element of its own or behind a label (Foto: …, © …, (AP Photo/…)). Inside Chinese
and Japanese captions it stays: 林小河 摄 and （视觉中国） are part of the line there, mostly without any mark of their own.
"""

import re
from collections.abc import Iterable
from functools import cache

from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.furniture import LABEL_CHARS, credit_labels, kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.names import says_role
from tasks.dissection.words.roles import picture_labels
from tasks.dissection.words.text import CJK

CAPTION_CHARS = 1000
CAPTION_LINE_CHARS = 200  # of a caption told by its words alone; longer lines are paragraphs
CREDIT_CHARS = 120  # longest credit on the measured pages has 97 characters: three agencies and two names
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BRACKETED_END = re.compile(r"\s*[(\[]([^()\[\]]{2,120})[)\]]\.?$")
_BRACKETS_END = (")", "]")
_LABEL_MARK = re.compile(r"[:：©/=|]|\(c\)|(?:by|von)\s", re.IGNORECASE)  # _credit_label asks for one, and takes ten times as long
_LAST_SENTENCE = re.compile(r"^(.*[.!?…»”\"])\s+([^.!?]{2,80})$", re.DOTALL)
_BEHIND_BAR = re.compile(r"^(.+\S)\s+[|｜]\s+([^|]{2,80})$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_ANY_MARK = re.compile(r"[:©/=|]|\((?=c\))|\b(?:by|von)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[。！？](?![）)」』】]*$)")
_MARK = re.compile(r"[:©/=|]|\([cC]\)|\b(?:[bB][yY]|[vV]on)\b")
_BETWEEN_NAMES = re.compile(r"\s*[/|,;–—]\s*|\svia\s|\s-\s|\s(?=\w+$)")
_INITIALS = re.compile(r"[A-Z]{2,5}(?:[-/][A-Z]{2,5})?")  # REX, AKM-GSI
_OF_WHOM = re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]")  # who made it and for whom: Ann Lee/Courier
_PHRASE = re.compile(r"(?:\(c\)|[^\W\d_ ]+ (?:[^\W\d_]+ )?(?:by|von|de|di) )\s*", re.IGNORECASE)
_COUNTER = re.compile(r"[\d\s/:.|]*(?:min|sek|sec)?\.?")


def caption_in(texts: Iterable[str]) -> str | None:
    """The caption among the texts that stand at a picture; None where they only say whose picture it is."""
    kept = [text for text in texts if not _says_credit(text)]
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


def without_credit(text: str) -> str:
    """The caption without the credit at its end; as it is where it is Chinese or Japanese."""
    if _HAN.search(text):
        return text
    bracketed = _BRACKETED_END.search(text) if text.rstrip(" .\n")[-1:] in _BRACKETS_END else None
    if bracketed and _is_credit(bracketed[1]):
        return text[: bracketed.start()].rstrip()
    labelled = _credit_label(True).search(text) if _LABEL_MARK.search(text) else None
    if labelled and len(labelled[0]) <= CREDIT_CHARS and not _goes_on(text[: labelled.start()], labelled[0]):
        rest = text[: labelled.start()].rstrip(" ([|/–—-·")
        before = _LAST_SENTENCE.match(rest)  # the outlet in front of it: "... at dawn. Post photo by Ann Lee"
        return before[1] if before and looks_like_names(before[2]) else rest
    behind_bar = _BEHIND_BAR.match(text)
    if behind_bar and looks_like_names(behind_bar[2]):
        return behind_bar[1]
    last = _LAST_SENTENCE.match(text)
    return last[1] if last and _ends_as_credit(last[2]) else text


def _goes_on(before: str, label: str) -> bool:
    """Whether what looks like a label is part of the sentence: Ann Lee (C) at the pier, an image by Claude Monet in the museum."""
    phrase = _PHRASE.match(label)
    if phrase is None or not before or before.rstrip()[-1:] in '.!?)]|/–—-:•»”"' or before.endswith(("(", "[")):
        return False
    return not looks_like_names(label[phrase.end() :])


def _ends_as_credit(text: str) -> bool:
    """Whether what stands behind the last sentence is who made the picture: Supplied, AFP, 연합뉴스, 김나루 기자."""
    folded = text.casefold()
    if CJK.search(text):
        return folded.endswith((*_terms("ending"), *_terms("credit_ending"))) or _names_agency(text)
    label, _, names = folded.partition(" ")  # Photo Ann Lee: without a mark
    if label in picture_labels() and names and looks_like_names(text):
        return True
    return folded.startswith(_terms("credit_opening")) or (_names_agency(text) and looks_like_names(text))


def is_control(text: str) -> bool:
    """Whether the text is a button at a picture, or a count."""
    bare = text.strip(" ()（）[]|+×>»…:：").casefold()
    return bare in words_of("buttons", "at_picture") or bool(_COUNTER.fullmatch(bare))


def is_caption_line(line: str, *, behind_image: bool = False) -> bool:
    """Whether a short line says by its own words that it goes with a picture: 图为…, …（视觉中国）, … 연합뉴스, … Foto: Ann Lee.

    Sentences are none, whatever their last word is, unless they begin as captions do. `behind_image`: a sentence may go before
    the word that tells; elsewhere that word is what is left of a picture, and the sentence is the story's.
    """
    if not 3 <= len(line) <= CAPTION_LINE_CHARS:
        return False
    if line.isascii() or not CJK.search(line):
        return line.casefold().startswith(_terms("opening")) or bool(_may_be_labelled(line) and _credit_label(False).search(line))
    folded = line.casefold().strip()
    if len(line) > LABEL_CHARS or folded.startswith(_terms("opening")):
        return len(line) <= LABEL_CHARS
    return folded.rstrip(" )）]】」』|").endswith(_terms("ending")) and (behind_image or not _SENTENCES.search(folded))


def _says_credit(text: str) -> bool:
    """Whether the whole piece is a credit; in Chinese and its kin that is the caption where there is no other."""
    if len(text) > CREDIT_CHARS or CJK.search(text):
        return False
    bare = text.strip(" ()[]|–—-/")
    return _is_credit(bare) or bool(_INITIALS.fullmatch(bare)) or bare.casefold().rstrip(" :") in picture_labels()


def _is_credit(text: str) -> bool:
    folded = text.casefold()
    if _credit_label(True).match(text) or folded.startswith(_terms("credit_opening")):
        return True
    return looks_like_names(text) and (_names_agency(text) or bool(_OF_WHOM.search(text)))


def _names_agency(text: str) -> bool:
    """Whether an agency is named in it: alone, or beside other names."""
    return any(agency_named(part, pictures=True) for part in (text, *_BETWEEN_NAMES.split(text)))


def looks_like_names(text: str) -> bool:
    """Whether it is short and every word is a name: Lee Ann/AFP, The Courier."""
    words, small = _WORD.findall(text), words_of("captions", "between_names")
    if not words or len(text) > LABEL_CHARS or (text[-1] in ".!?" and len(words) > 3):
        return False
    return all(word[0].isupper() or word.casefold() in small or "." in word[1:-1] for word in words) and not CJK.search(text)


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
def _credit_label(sources: bool) -> re.Pattern[str]:
    """A label with its mark, or what opens a credit, up to the end of the text. `sources`: also labels of other things' sources."""
    others = words_of("credit_labels", "source") | words_of("credit_labels", "picture_other") if sources else frozenset()
    labels = _either(picture_labels() | others)
    by = _either(t for t in words_of("captions", "credit_opening") if t.endswith(("by ", "von ")))
    return re.compile(
        rf"(?:©|(?:(?<=[\s(\[|/–—.])|^)(?:(?:{labels})\s?[:：©/=|]|\(c\)|{by}))\s*(?=\S)[^.!?]*(?:\.\w[^!?]*)?[.)\]]*$", re.IGNORECASE
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _terms(table: str) -> tuple[str, ...]:
    return tuple(words_of("captions", table))
