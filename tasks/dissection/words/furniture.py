"""Which lines around an article are not part of it: labels of listings, pointers to other stories, credits, notices, buttons."""

import re
from functools import cache

from tasks.dissection.words.lexicon import Affixes, words_of
from tasks.dissection.words.roles import ROLES
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import bare, without_readings

# Longest line that a rule for labels may drop: the longest real credit line on the measured pages has 74 characters.
LABEL_CHARS = 90
NAMES = 8  # words of the names behind one label
NOTICE_CHARS = 3 * LABEL_CHARS  # notices and pointers run on; longer lines are paragraphs, whatever they say
# （編集・小野寺剛）, (Editing by Ann Lee): a line in brackets that begins with what somebody did.
_IN_BRACKETS = re.compile(r"[（(【\[]\s*([^\s・:：／/]{1,20})[\s・:：／/].*[）)】\]]$")
# "Les også: …", "责编|…", "文/…": what stands before the first separator, without bullets and brackets.
_BEFORE_SEPARATOR = re.compile(r"[\W_]*([^:：|｜/／丨︱»>]{1,40}?)\s*[:：|｜/／丨︱»>]")
# 江河晚报记者 林小河 王大江: a reporter and names parted by blanks, and nothing else; 김나루 기자 외 1명.
_REPORTER = re.compile(
    r"[（(【]?[^\s，。！？、：:]{0,14}(?:记者|記者|通讯员|通訊員)(?:[\s：:|/、]+[\u4e00-\u9fff·]{2,5}){1,6}[）)】]?"
    r"|[가-힣]{2,4}\s?(?:선임|수습|인턴)?\s?(?:기자|특파원)(?:\s?=?\s?[\w.+-]+@[\w.-]+)?(?:\s외\s\d+명)?"
)
# 编辑 刘小阳 校对 李小铭: labels and names in turn.
_LABELS_AND_NAMES = re.compile(r"(?:(\w{2,6})[\s：:]+[\u4e00-\u9fff·]{2,4}\s*){1,5}")
# What a script printed instead of running: showPaywall: false
_SCRIPT = re.compile(r"[-\s]*(?:true|false|null|undefined|(?:is|has|show)[A-Z]\w+:?.{0,8})")
_PARTS = re.compile(r"(?<=[.;|·])\s+")
_PART_MARK = re.compile(r"[.,;|–—]\s")
_WORDS = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7afⓒ©]")
# Whole lines: (lexicon, table, kind), the first that has the line.
WHOLE = (
    ("listing_labels", "label", "listing_label"), ("buttons", "control", "control"), ("notices", "author_box", "closing"),
    ("listing_labels", "comments", "listing_label"),
)  # fmt: skip
SAYING = ("closing", "notice")  # tables of phrases that may stand anywhere in a line, the one that decides first
_PATH_MARK = re.compile(r">|»|›|\s/\s|→|＞")

_WHEN = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d\d|\b\d{1,2}[:：]\d\d\b")
DATE_WORDS = 6  # of a line that is a day with its year: mercredi 11 septembre 2019
_DAY_AND_YEAR = re.compile(r"(?=.*\b(?:19|20)\d\d\b)(?=.*(?<!\d)[0-3]?\d(?!\d)).{6,60}")


def kind_of(line: str) -> str | None:
    """listing_label, pointer, credit, closing, notice, control, tags or breadcrumb; None for the article's own.

    Notices, buttons and labels are told by their lexicons. Buttons, topics and the way through the sections are told of short lines only.
    """
    if len(line) > NOTICE_CHARS:
        return None
    line = without_readings(line)
    folded = line.casefold()
    head = _BEFORE_SEPARATOR.match(folded)
    if len(line) <= LABEL_CHARS and (kind := _kind_of_label(line, folded, head)):
        return kind
    parts = _PARTS.split(line) if len(line) <= 2 * LABEL_CHARS else []
    if len(parts) > 1 and all(_kind_of_part(part) == "credit" for part in parts):
        return "credit"
    if head and head[1] in words_of("listing_labels", "pointer"):
        return "pointer"
    return _said(folded)


def is_dateline(line: str) -> bool:
    """Whether the line is short, says a date or a time of day, and is no sentence."""
    if len(line) > LABEL_CHARS or SENTENCE_END.search(line):
        return False
    return bool(_WHEN.search(line)) or (len(line.split()) <= DATE_WORDS and bool(_DAY_AND_YEAR.fullmatch(line)))


def _kind_of_part(line: str) -> str | None:
    folded = line.casefold()
    return _kind_of_label(line, folded, _BEFORE_SEPARATOR.match(folded))


def _kind_of_label(line: str, folded: str, head: re.Match[str] | None) -> str | None:
    """The kind of a line that is no longer than a label; `head` is what stands before its first separator."""
    said = bare(folded)
    if kind := _kinds_of_lines().get(said):
        return kind
    if _SCRIPT.fullmatch(line) or (_reading_time().begin(said) and any(map(str.isdigit, line))):
        return "control"
    if head and head[1] in words_of("notices", "home") and _PATH_MARK.search(line):
        return "breadcrumb"
    if head and head[1] in words_of("notices", "tags"):
        return "tags"
    # a question behind a name is asked by it: an interview
    if head and head[1] in credit_labels() and not line.endswith(("?", "？")):
        return "credit"
    return "credit" if _is_signed(line, folded) else None


def _is_signed(line: str, folded: str) -> bool:
    """Whether a short line says who did what without a colon: in brackets, with blanks, or as a sentence of its own."""
    bracketed = _IN_BRACKETS.match(folded)
    if bracketed and bracketed[1] in credit_labels():
        return True
    if _credit_openings().begin(folded.lstrip("([")) or _behind_a_by(line, folded):
        return True
    if line.isascii():  # what follows is Chinese or Korean
        return False
    if _REPORTER.fullmatch(line) and not SENTENCE_END.search(line):
        return True
    listed = _LABELS_AND_NAMES.fullmatch(line)
    return bool(listed and line.split()[0].rstrip("：:") in credit_labels())


@cache
def _kinds_of_lines() -> dict[str, str]:
    return {line: kind for stem, table, kind in reversed(WHOLE) for line in words_of(stem, table)}


@cache
def credit_labels() -> frozenset[str]:
    """Every word that begins a line which says who did what, in lower case."""
    return words_of("credit_labels", "line").union(*(words_of("credit_labels", table) for table in ROLES))


def _behind_a_by(line: str, folded: str) -> bool:
    """Whether it ends in names behind "edited by" or the like, which begin it or its last sentence."""
    if len(line) != len(folded):
        return False
    by = _by()
    found = by.match(folded) or next((match for mark in _PART_MARK.finditer(folded) if (match := by.match(folded, mark.end()))), None)
    names = [] if found is None else line[found.end() :].strip(" .)]").split()
    return bool(names) and len(names) <= NAMES and all(name[0].isupper() or len(name) <= 3 for name in names)


@cache
def _by() -> re.Pattern[str]:
    tables = ("author_by", "editor_by", "translator_by", "photographer_by")
    words = sorted({word for table in tables for word in words_of("credit_labels", table)}, key=len, reverse=True)
    return re.compile(rf"[(\[]?(?:{'|'.join(map(re.escape, words))})\s+")


@cache
def _credit_openings() -> Affixes:
    phrases = (words_of("credit_labels", f"{role}_by") for role in ("editor", "translator"))
    return Affixes(words_of("credit_labels", "line_opening") | {f"{phrase} " for found in phrases for phrase in found})


@cache
def _reading_time() -> Affixes:
    return Affixes(words_of("notices", "reading_time"))


def _said(folded: str) -> str | None:
    """closing or notice where a phrase of that table is in the line. Asked of every line of every page: only phrases whose first word
    is in it are looked for, since trying all of them takes ten times as long."""
    words, is_ascii = _WORDS.findall(folded), folded.isascii()
    for kind in SAYING:
        spaced, unspaced = _phrases(kind)
        if not spaced.keys().isdisjoint(words) and any(term in folded for word in words if word in spaced for term in spaced[word]):
            return kind
        if not is_ascii and unspaced.search(folded):
            return kind
    return None


@cache
def _phrases(table: str) -> tuple[dict[str, list[str]], re.Pattern[str]]:
    """The phrases of a table by their first word, and any of those in scripts that set no blanks between words."""
    spaced: dict[str, list[str]] = {}
    unspaced: dict[str, list[str]] = {}
    for term in words_of("notices", table):
        if _UNSPACED.search(term) or not (words := _WORDS.findall(term)):
            unspaced.setdefault(term[0], []).append(re.escape(term[1:]))
        else:
            spaced.setdefault(words[0], []).append(term)
    # by first characters, which lets the search skip all others
    joined = "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in unspaced.items())
    return spaced, re.compile(joined or r"(?!)")
