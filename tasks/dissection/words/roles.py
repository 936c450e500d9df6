"""Role words in a line and what stands behind each: 编辑：甲某 校对：乙某 来源：…, Editing by Ann Lee, Foto: Bo Berg/dpa."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.text import CJK

ROLES = ("editor", "source", "translator", "photographer", "picture", "author", "other")
NO_BLANK = frozenset({"source", "picture", "author"})  # 来源 and a blank begin sentences too
# Words that credit two at once: 文/图：林小河.
WRITER_AND_PHOTOGRAPHER = frozenset({"文/图", "图/文", "文、图", "图文", "写真・文", "文・写真", "글·사진", "글ㆍ사진", "摄影/文"})
LONGEST = 36  # characters of a role word: aus dem französischen übersetzt von
_EDGE = re.compile(r"^[\W_]+")
_BRACKETS = re.compile(r"^[\s（(【\[<《]+|[\s）)】\]>》]+$")
_SEPARATOR = re.compile(r"\s*[:：/／|｜丨=＝・]\s*|\s+")
_WORD_START = re.compile(r"(?<!\w)\w")
# What may stand before a role word inside a line: a date, a bracket, the blank after another value.
_BEFORE = "\t （(【[｜|;；。.,，/／·▲△◎●■-–—"
# Role words that follow a date or another credit in one line, and those behind a caption.
_INSIDE = re.compile(
    "来源|來源|稿源|编辑|編輯|责编|責編|編集|摄影|攝影|撮影|翻译|编译|翻訳|편집|사진|출처"
    r"|[Ff]oto\w*\s?[:：]|[Pp]hoto\w*(?:\s[Cc]redit)?(?:\s?[:：]|\s(?:[Bb]y|de)\s)|[Pp]ictures?(?:\s?[:：]|\sby\s)|BILD\s?:|Bild\w*\s?:"
    r"|Image\s?:|[Фф]ото\s?:|[Ee]dit(?:ing|ed)\sby|[Tt]ranslated\sby|[Ff]ot\.|تصوير\s?[:：]"
)
_MARK = re.compile("[:：=＝]")
# What each of its choices holds: looking for these takes a seventh of the time, and nearly every line has none.
_ASCII_PARTS = ("oto", "ot.", "icture", "ild", "BILD", "mage", "dit", "ranslated")
_PARTS = (*_ASCII_PARTS, "源", "稿", "编", "編", "摄", "攝", "撮", "译", "訳", "집", "사진", "출처", "责", "責", "ото", "تصوير")


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """One role word and the text up to the next one. `roles` are several where one word says so: 文/图."""

    roles: tuple[str, ...]
    value: str
    printed: str
    start: int  # of the role word in its line


@lru_cache(maxsize=512)
def roles_in(line: str) -> tuple[RoleMatch, ...]:
    """Every role word of a line that stands where one may; none is looked for in the middle of a sentence."""
    if not _may_hold_roles(line):
        return ()
    marks = _marks(line)
    found = []
    for index, (start, end, roles) in enumerate(marks):
        until = marks[index + 1][0] if index + 1 < len(marks) else len(line)
        value, printed = (_BRACKETS.sub("", text).strip() for text in (line[end:until], line[start:until]))
        found.append(RoleMatch(roles, value, printed, start))
    return tuple(found)


def _may_hold_roles(line: str) -> bool:
    """A cheap no for nearly every line: it begins with three letters of a role word, or holds one of those above."""
    start = line[:3].lower()
    if not start.isalpha():
        start = _EDGE.sub("", line[:14])[:3].lower()
    if start in _starts() or start[:2] in _starts():
        return True
    if any(map(line.__contains__, _ASCII_PARTS if line.isascii() else _PARTS)) and _INSIDE.search(line):
        return True
    return _MARK.search(line) is not None and _holds_picture_label(line)


def _holds_picture_label(line: str) -> bool:
    ends = _picture_ends()
    starts = (mark.start() for mark in _MARK.finditer(line))
    return any(line[max(0, start - 4) : start].rstrip()[-2:].lower() in ends for start in starts)


@cache
def picture_labels() -> frozenset[str]:
    """What stands before whose picture it is, in lower case."""
    return words_of("credit_labels", "photographer") | words_of("credit_labels", "picture")


@cache
def _picture_ends() -> frozenset[str]:
    return frozenset(word[-2:] for word in picture_labels())


def _marks(line: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """(start of the role word, end of its separator, its roles), the longest word where several end at one separator."""
    marks: list[tuple[int, int, tuple[str, ...]]] = []
    for separator in _SEPARATOR.finditer(line):
        mark = separator[0].strip()
        behind, ends = line[max(0, separator.start() - 2) : separator.start()].lower(), _ends(is_blank=not mark)
        if behind not in ends and behind[-1:] not in ends:
            continue  # nearly all blanks of a line
        found = _word_before(line, separator.start(), mark)
        if found is None:
            continue
        while marks and marks[-1][0] >= found[0]:  # 文 in 文/图
            marks.pop()
        marks.append((found[0], separator.end(), found[1]))
    return marks


def _word_before(line: str, end: int, separator: str) -> tuple[int, tuple[str, ...]] | None:
    """A role word that ends at `end`. A blank is enough behind phrases and Chinese, Japanese, Korean words of two letters.

    A slash, which they know too, is none behind other words: AP Photo/Ann Lee.
    """
    begin = max(0, end - LONGEST)
    text = line[begin:end].lower()
    if CJK.search(text[-1:]):
        starts = list(range(max(0, len(text) - 8), len(text)))
    else:
        starts = [match.start() for match in _WORD_START.finditer(text)]
    for start in starts:
        at = begin + start
        if at and line[at - 1] not in _BEFORE:
            continue
        word = text[start:]
        roles = _roles_of(False).get(word, ())
        is_cjk = bool(roles and CJK.search(word))
        if not separator and not (is_cjk and len(word) > 1 and NO_BLANK.isdisjoint(roles)):
            roles = _roles_of(True).get(word, ())
        elif separator and separator not in ":：|=" and not is_cjk:
            continue
        if roles:
            return at, roles
    return None


@cache
def _starts() -> frozenset[str]:
    """The first three letters of every role word, and whole ones of two; single ones with their separator."""
    words = {*_roles_of(True), *_roles_of(False)}
    single = {f"{word}{mark}" for word in words if len(word) == 1 for mark in "/:：|／丨｜"}
    return frozenset({word[:3] for word in words if len(word) > 1} | single)


@cache
def _ends(*, is_blank: bool) -> frozenset[str]:
    """The last two letters of every role word, and single ones; of those that a blank may follow only where it does."""
    words = (*_roles_of(True), *(word for word in _roles_of(False) if not is_blank or CJK.search(word)))
    return frozenset(word[-2:] for word in words)


@cache
def _roles_of(phrase: bool) -> dict[str, tuple[str, ...]]:
    """Role word in lower case -> its roles."""
    lexicon = load_lexicon("credit_labels")
    found: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        for words in lexicon.get(f"{role}_by" if phrase else role, {}).values():
            for word in words:
                given = found.get(word.lower(), ())
                found[word.lower()] = given if role in given else (*given, role)
    return found if phrase else found | dict.fromkeys(WRITER_AND_PHOTOGRAPHER, ("author", "photographer"))
