"""Text that was decoded with the wrong charset before it came here, undone where encoding it again gives the text as it came.

Families, told apart by what the wrong characters are: UTF-8 read by a decoder of one byte a character (Ã©, РџСЂРё, √©), one such
charset read as another (вЙВМЙПФЕЛБ, trwa³a), those of East Asia shown as Latin letters (ÖÐ¹ú), and one East Asian reading of another
or of UTF-8 (涓浗). A page without such characters costs a third of a millisecond.
"""

from typing import Final

from tasks.restoration import alphabet_mojibake, escapes, utf_8_mojibake
from tasks.restoration.changes import Change, apart, applied
from tasks.restoration.composition import composed
from tasks.restoration.first_look import SHORT
from tasks.restoration.first_signs import signs_in

# What at least one of stands in any longer text that is shown as Latin letters, and in 2 of 171 other pages:
# leads of UTF-8 (Ã Â, Ï for Greek), GB 的 = µÄ, Big5 and EUC-JP ¤, EUC-KR Ï, Cyrillic В Г П, quotation marks of UTF-8 â€.
LATIN_SIGNS: Final = "ÃÂÏ¤µ€"
# UTF-8 as GBK: a comma, a full stop; as Shift-JIS: kana; GBK as Big5: a comma; UTF-8 that was broken before: 锟斤拷.
EAST_ASIAN_SIGNS: Final = "锛縺ㄛ锟"
LEAST_ON_PAGE: Final = 2  # damaged stretches
NEIGHBOURS: Final = 50  # places of one sign that are looked at; in a damaged text the first ones tell
_ORDINARY: Final = frozenset(" \n\u00a0’‘“”–—…«»")


def find(text: str, scores: dict[str, float]) -> list[Change]:
    """Every stretch that was decoded wrongly, in order. Sets scores["mojibake"], how many there are, where it looked."""
    changes = _undone(text)
    if escapes.are_in(text):
        unescaped = escapes.Unescaped(text)
        changes = list(unescaped.moved(_undone(unescaped.text)))
    if changes:
        scores["mojibake"] = float(len(changes))
    return changes


def _undone(text: str) -> list[Change]:
    changes, is_again = list[Change](), True
    while is_again:
        found, is_again = _round(text)
        if found:
            changes = composed(text, changes, found)
            text = applied(text, found)
    return changes


def _round(text: str) -> tuple[list[Change], bool]:
    """What one decoder has done to the text, and whether it may have been done to a text that was damaged before."""
    if text.isascii():
        return [], False
    signs = signs_in(text)
    utf_8 = utf_8_mojibake.find(text, signs.decoders)
    if utf_8.changes:
        return utf_8.changes, True
    if signs.is_strange and (changes := alphabet_mojibake.find(text)):
        return changes, False
    changes = []
    if _is_suspicious(text, signs.text, LATIN_SIGNS):
        from tasks.restoration import latin_mojibake  # imports ftfy, 60 ms; few pages need it

        changes += latin_mojibake.find(text, is_quoted=utf_8.is_quoted)
    if _is_suspicious(text, signs.text, EAST_ASIAN_SIGNS):
        from tasks.restoration import east_asian_mojibake  # loads the character model, 0.2 s

        changes += east_asian_mojibake.find(text)
    if len(text) > SHORT and len(changes) < LEAST_ON_PAGE:
        return [], False  # a wrong decoder damages all of a page: one spot is its author's slip, and so its text
    return list(apart(changes)), False


def _is_suspicious(text: str, outside_ascii: str, signs: str) -> bool:
    """Whether a sign stands before another character outside ASCII, as in damaged text. Short texts are always looked at."""
    return len(text) <= SHORT or any(_has_company(outside_ascii, sign) for sign in signs)


def _has_company(text: str, sign: str) -> bool:
    at = text.find(sign)
    for _ in range(NEIGHBOURS):
        if at < 0:
            return False
        after = text[at + 1 : at + 2]
        if after > "\x7f" and after not in _ORDINARY:  # AÇÃO, THÉÂTRE and 5 € have none behind it
            return True
        at = text.find(sign, at + 1)
    return False
