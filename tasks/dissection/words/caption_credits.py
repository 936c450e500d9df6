"""Who made a picture, as captions end with it: (Foto: Ann Lee/dpa), © Ann Lee, ". Ann Lee / The Courier", "| AFP".

A credit is told by a label, a sign, an agency, or by where it stands: in brackets behind the last sentence. Inside Chinese and Japanese
captions it stays: 林小河 摄 and （视觉中国） are part of the line there, mostly without any mark of their own.
"""

import re
from functools import cache

from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.caption_names import LABEL_MARK, WORD, credit_label, is_labelled, looks_like_names, names_agency, names_medium
from tasks.dissection.words.furniture import credit_labels
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.roles import picture_labels
from tasks.dissection.words.text import CJK

CREDIT_CHARS = 120  # longest credit on the measured pages has 97 characters: three agencies and two names
ROUNDS = 2  # credits behind each other: (Ann Lee) Foto: dpa
LEAST_WORDS = 2  # in capitals behind a sentence, from which they are a name
LEAST_TOLD = 3  # words in small letters of a sentence behind a label
OPEN_CHARS = 60  # between a bracket and the label in it: (U.S. Navy photo by …
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BRACKETED_END = re.compile(r"\s*[(\[]([^()\[\]]{2,120})[)\]]\.?$")
_BRACKETS_END = (")", "]")
_SENTENCE = re.compile(r"[.!?…»”\"۔।][)\]]?$")
# What stands behind the last sentence; a full stop of initials and titles (Ann S. Lee, Dr. Lee) ends none, and one before a capital
# that is glued to it does.
_BEHIND_SENTENCE = re.compile(r"^(.*(?:[.!?…»”\"۔।]\s+|[^\W\d_A-Z][.!?…»”\"](?=[A-ZÀ-ÞА-Я©ⓒ])))((?:[^.!?]|\.(?=\w)){2,80}?)\.?$", re.DOTALL)
_INITIAL = re.compile(r"(?:^|[\s.])[A-ZÀ-Þ][a-z]?\.\s*$")
_BEHIND_MARK = re.compile(r"^(.+[^\s|｜/–—-])\s+([|｜/–—-])\s+([^|]{2,80})$", re.DOTALL)
_INITIALS = re.compile(r"[A-Z]{2,5}(?:[-/][A-Z]{2,5})?")  # REX, AKM-GSI
_HANDLE = re.compile(r"(?:[\w.]+\s?/\s?)?@[\w.]+(?:\s?/\s?[\w.]+)?")  # Instagram/@annlee
_OF_WHOM = re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]")  # who made it and for whom: Ann Lee/Courier
_PHRASE = re.compile(r"(?:\(c\)|[^\W\d_ ]+ (?:[^\W\d_]+ )?(?:by|von|de|di) )\s*", re.IGNORECASE)
_AT_ENDS = " \t.–—-/|·•"


def without_credit(text: str) -> str:
    """The caption without the credits at its end; as it is where it is Chinese or Japanese."""
    if _HAN.search(text):
        return text
    for _ in range(ROUNDS):
        shorter = next((cut for rule in _RULES if (cut := rule(text)) is not None), None)
        if shorter is None:
            break
        text = shorter
    return text


def says_credit(text: str) -> bool:
    """Whether the whole piece is a credit; in Chinese and its kin that is the caption where there is no other."""
    if len(text) > CREDIT_CHARS or CJK.search(text):
        return False
    bare = text.strip(" ()[]|–—-/")
    if _tells_more(bare):
        return False
    said = bare.casefold().rstrip(" :")
    is_whole = said in picture_labels() or said in words_of("captions", "whole_credit")
    return is_whole or _is_credit(bare) or bool(_INITIALS.fullmatch(bare) or _HANDLE.fullmatch(bare))


def _tells_more(text: str) -> bool:
    """Whether a label opens a sentence instead of a credit: PHOTO: The pier was closed for the winter."""
    words = WORD.findall(text) if text[-1:] in (".", "!", "?") and ":" in text else ()
    small = words_of("captions", "between_names")
    return len(words) > LEAST_TOLD and sum(word.islower() and word not in small for word in words) >= LEAST_TOLD


def _bracket_cut(text: str) -> str | None:
    """Without a bracket at the end that says who: … (Foto: Ann Lee), …. (Ann Lee), … (EFE). None where there is none."""
    bracketed = _BRACKETED_END.search(text) if text.rstrip(" .\n")[-1:] in _BRACKETS_END else None
    if bracketed is None:
        return None
    rest, inside = text[: bracketed.start()].rstrip(), bracketed[1].strip()
    if _is_credit(inside) or is_labelled(inside):
        return _without_names(rest)
    return rest if _SENTENCE.search(rest) and looks_like_names(inside) else None


def _label_cut(text: str) -> str | None:
    """Without what stands behind a label or a sign, up to the end: Photo: Ann Lee, © dpa."""
    labelled = credit_label(True).search(text) if LABEL_MARK.search(text) else None
    if labelled is None or len(labelled[0]) > CREDIT_CHARS or _goes_on(text[: labelled.start()], labelled[0]):
        return None
    before = text[: labelled.start()]
    if not before and _tells_more(text):
        return None
    opening = max(before.rfind("("), before.rfind("["), len(before) - OPEN_CHARS)
    if before[opening : opening + 1] in ("(", "[") and not any(mark in before[opening:] for mark in ")]"):
        before = before[:opening]
    return _without_names(before.rstrip(" ([|/–—-·"))


def _sentence_cut(text: str) -> str | None:
    """Without who made it behind the last sentence: …. AFP, …. Ann Lee / The Courier."""
    last = _BEHIND_SENTENCE.match(text)
    if last is None or not _ends_as_credit(last[2].strip(_AT_ENDS), is_closed=text.endswith(".")):
        return None
    rest = last[1].rstrip()
    before, _, label = rest.rpartition(" ")
    if label.casefold() in picture_labels():  # fot. Ann Lee / PAP
        rest = before
    return _without_names(rest) if _INITIAL.search(rest) else rest.rstrip(" –—-/|")


def _mark_cut(text: str) -> str | None:
    """Without who made it behind a bar, a dash or a slash between blanks: … | Ann Lee, … - Foto Ansa."""
    parted = _BEHIND_MARK.match(text)
    if parted is None:
        return None
    behind = parted[3].strip(_AT_ENDS)
    if behind and looks_like_names(behind) and (parted[2] in "|｜" or names_agency(behind) or _OF_WHOM.search(behind)):
        return parted[1]
    return parted[1] if is_labelled(behind) else None


def _without_names(rest: str) -> str:
    """Without names behind its last sentence: what stood behind them says that they made it, or for whom."""
    before = _BEHIND_SENTENCE.match(rest)
    return before[1].rstrip() if before and looks_like_names(before[2]) else rest


def _goes_on(before: str, label: str) -> bool:
    """Whether what looks like a label is part of the sentence: Ann Lee (C) at the pier, an image by Claude Monet in the museum."""
    phrase = _PHRASE.match(label)
    if phrase is None or not before or before.rstrip()[-1:] in '.!?)]|/–—-:•»”"' or before.endswith(("(", "[")):
        return False
    return not looks_like_names(label[phrase.end() :])


def _ends_as_credit(text: str, *, is_closed: bool) -> bool:
    """Whether what stands behind the last sentence is who made the picture: Supplied, AFP, 연합뉴스, 김나루 기자.

    `is_closed`: a full stop ends it, as it ends sentences; then all of it has to be names.
    """
    folded = text.casefold()
    if CJK.search(text):
        return folded.endswith((*_terms("ending"), *_terms("credit_ending"))) or names_agency(text)
    if (
        is_labelled(text)
        or folded in credit_labels()
        or folded in words_of("captions", "whole_credit")
        or folded in words_of("credit_labels", "picture_other")
    ):
        return True
    names, _, label = text.rpartition(" ")
    if names and label.casefold() in picture_labels():  # AFP pic
        text = names
    opening = next((term for term in _terms("credit_opening") if folded.startswith(term)), None)
    if opening is not None:
        return not is_closed or not text[len(opening) :].strip() or looks_like_names(text[len(opening) :].strip())
    if agency_named(text, pictures=True):
        return True
    if not looks_like_names(text):
        return False
    is_shouted = text.isupper() and len(WORD.findall(text)) >= LEAST_WORDS
    return is_shouted or bool(_OF_WHOM.search(text)) or names_agency(text) or names_medium(text)


def _is_credit(text: str) -> bool:
    folded = text.casefold()
    if credit_label(True).match(text) or folded.startswith(_terms("credit_opening")) or agency_named(text, pictures=True):
        return True
    return looks_like_names(text) and (names_agency(text) or bool(_OF_WHOM.search(text)))


_RULES = (_bracket_cut, _label_cut, _sentence_cut, _mark_cut)  # the first that cuts


@cache
def _terms(table: str) -> tuple[str, ...]:
    return tuple(words_of("captions", table))
