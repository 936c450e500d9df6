"""Labels before what somebody says: 问：, Q:, Frage 1:, SPIEGEL:, Prof. Lee:, <b>山田</b>."""

import re
from dataclasses import dataclass
from functools import cache

from tasks.dissection.dialogue.emphasis import Emphasis
from tasks.dissection.words.furniture import credit_labels
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.list_labels import is_known
from tasks.dissection.words.names import PARTICLES
from tasks.dissection.words.text import CJK, line_key

NAME_CHARS = 48  # longest label of an alphabet: a name with its office
JOINED_CHARS = 30  # of Chinese, Japanese or Korean; offices are printed in full there
MOST_WORDS = 7
_HAS_CASE = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]")
_BULLETS = r"[\s▲△▼▽◆◇■□●○◎★☆※・•*►▶→\"“”'–—―─-]{0,4}"
_OPEN, _CLOSE = r"[【\[<＜〈《「(（]", r"[】\]>＞〉》」)）]"
# Share prices that sites of finance put behind the names of companies.
_PRICES = re.compile(r"[(（]\s*-?[\d.]+(?:\s*,\s*-?[\d.]+%?)+\s*[)）]")
_BULLET_RUN = re.compile(_BULLETS)
_NAME = re.compile(rf"{_BULLETS}(?P<name>[^:：。！？!?;；\n“”\"„«»=]{{1,60}}?)\s*[:：]+(?!//|\d)\s*")
_TRAILING = re.compile(r"[\s\d０-９.#№]+$")


@dataclass(frozen=True, slots=True)
class TurnLabel:
    """What stands before a turn. `side` is known of words for asking and answering, not of names."""

    printed: str
    key: str  # the same for all prints of one label
    end: int  # where the text behind it begins, in its line
    side: str | None = None  # question | answer; of single letters the commoner one
    is_word: bool = False  # 问, Frage 2: a word for the turn itself, which names nobody
    bold: bool = False
    has_colon: bool = True


def read_label(text: str, emphasis: Emphasis) -> TurnLabel | None:
    """The label that a line begins with, of any kind; whether it is one is decided over all lines."""
    has_colon = ":" in text or "：" in text
    if match := _word_pattern().match(text) if _may_be_word(text) else None:
        form = next(form for form in ("boxed", "word", "letter") if match[form])
        word = match[form].casefold()
        side = "question" if word in words_of("dialogue", "question_label") else "answer"
        printed = text[match.start(form) : match.end(f"{form}_number")].strip()
        return TurnLabel(printed, f"word:{word}", match.end(), side, True)
    if match := _NAME.match(text) if has_colon else None:
        printed = without_prices(match["name"]).strip(" \t\u3000【】[]<>＜＞〈〉・*_")
        return TurnLabel(printed, line_key(printed), match.end(), _side(printed), False, emphasis.covers(printed)) if printed else None
    return _bold_label(text, emphasis) if emphasis.may_begin(text) else None


def inner_label(text: str) -> int:
    """Where an answer's label begins that stands behind the question in one line; 0 where there is none."""
    if not _may_be_word(text) or _word_pattern().match(text) is None:
        return 0
    match = _inner_pattern().search(text)
    return match.end() if match else 0


def _may_be_word(text: str) -> bool:
    """Whether it begins, behind bullets, as a word for asking or answering does: most lines do not, at a tenth of the cost."""
    bullets = _BULLET_RUN.match(text)
    return bullets is not None and text[bullets.end() : bullets.end() + 1].casefold() in _word_firsts()


@cache
def _word_firsts() -> frozenset[str]:
    words = words_of("dialogue", "question_label") | words_of("dialogue", "answer_label")
    return frozenset({word[0] for word in words} | set("【[<＜〈《「(（"))


def can_name(label: TurnLabel) -> bool:
    """Whether a label could name who speaks: short, written like a name, no word for something else and no time."""
    name = label.printed
    if label.side or name.casefold() in words_of("dialogue", "nobody"):
        return bool(label.side)
    bare = re.sub(r"[(（][^)）]*[)）]", "", name)
    if any(c.isdigit() for c in bare) or not any(c.isalpha() for c in bare) or "http" in bare:
        return False
    if is_known(name) or name.casefold() in credit_labels():
        return False
    if is_joined(bare):
        return len(name) <= JOINED_CHARS and "，" not in bare and not bare.endswith(tuple(words_of("dialogue", "saying")))
    words = [word for word in re.split(r"[\s\-/’'.&,]+", bare) if word]
    if len(name) > NAME_CHARS or not 0 < len(words) <= MOST_WORDS:
        return False
    return not _HAS_CASE.search(bare) or all(not w[0].islower() or w in PARTICLES for w in words if w[0].isalpha())


def is_interviewer(name: str) -> bool:
    """Whether a label in Chinese, Japanese or Korean ends with the word for who asks, or with that for an outlet."""
    if not is_joined(name):
        return name.casefold() in words_of("dialogue", "interviewer")
    bare = name.strip("《》「」【】 ")
    return bare.casefold().endswith(_joined_words("interviewer", "outlet_ending"))


def is_joined(text: str) -> bool:
    """Whether it has Chinese, Japanese or Korean characters, which stand without blanks between words."""
    return bool(CJK.search(text))


def without_prices(text: str) -> str:
    return _PRICES.sub("", text)


def names_office(text: str) -> bool:
    """Whether a line names an office: Chief Economist, 首席投资官."""
    folded = text.casefold()
    is_word = not words_of("dialogue", "office").isdisjoint(re.findall(r"\w+", folded))
    return is_word or any(word in folded for word in _joined_words("office"))


def _side(name: str) -> str | None:
    folded = _TRAILING.sub("", name).casefold()
    if folded in words_of("dialogue", "interviewer"):
        return "question"
    if folded in words_of("dialogue", "interviewee"):
        return "answer"
    return "question" if len(name) <= JOINED_CHARS and folded.endswith(_joined_words("interviewer")) else None


def _bold_label(text: str, emphasis: Emphasis) -> TurnLabel | None:
    """A name in bold without a colon behind it."""
    for match in re.finditer(r"(?<=\S)[\s\u3000]+", text[:NAME_CHARS]):
        name = text[: match.start()].strip("　 ・*_–—-")
        if emphasis.covers(name) and not name.endswith((".", "?", "!", "。", "？", "！", ",", "、")):
            return TurnLabel(name, line_key(name), match.end(), _side(name), False, True, False)
    return None


@cache
def _joined_words(*tables: str) -> tuple[str, ...]:
    return tuple(word for table in tables for word in words_of("dialogue", table) if is_joined(word))


@cache
def _word_pattern() -> re.Pattern[str]:
    """A word for asking or answering, its number, and what parts it from the text: brackets around it or a colon.

    Single characters, letters as capitals, may also be followed by a stop, a bar, a dash or a wide blank.
    """
    words = sorted(words_of("dialogue", "question_label") | words_of("dialogue", "answer_label"), key=len, reverse=True)
    any_word = "|".join(re.escape(word) for word in words if len(word) > 1 or is_joined(word))
    letters = "|".join(re.escape(word.upper()) for word in words if len(word) == 1 and not is_joined(word))
    single = "|".join(re.escape(word) for word in words if len(word) == 1 and is_joined(word))
    number = r"\s?(?:[Nn]o\.?|#|№)?\s?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})?"
    stop = r"\s?[.．、|｜／)）]\s*|\u3000\s*|\s+[–—-]\s|\s+(?=[\u3040-\u9fff\uac00-\ud7a3])"
    forms = (
        rf"{_OPEN}\s*(?P<boxed>(?i:{any_word})|{letters})(?P<boxed_number>{number})\s*{_CLOSE}\s*[:：]?",
        rf"(?P<word>(?i:{any_word})|{letters})(?P<word_number>{number})\s*[:：︰]",
        rf"(?P<letter>{letters}|{single})(?P<letter_number>{number})(?:{stop})",
    )
    return re.compile(rf"{_BULLETS}(?:{'|'.join(forms)})\s*")


@cache
def _inner_pattern() -> re.Pattern[str]:
    words = sorted(words_of("dialogue", "answer_label"), key=len, reverse=True)
    answers = "|".join(re.escape(word) for word in words if len(word) > 1 or is_joined(word))
    return re.compile(rf"[?？؟。！!…][”」\"）)]?\s*(?=(?:(?i:{answers})|\bA)\s*[:：])")
