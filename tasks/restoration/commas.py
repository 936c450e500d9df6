"""Commas that mirrors push in before a comma or a full stop of Chinese prose: 他说,,今天 is 他说,今天."""

import re
from collections.abc import Iterator
from typing import Final

from tasks.restoration.changes import Change
from tasks.restoration.first_look import is_chinese

METHOD: Final = "commas"
LEAST: Final = 3  # on a page; one or two are slips of the keyboard and belong to the author
CLAUSE: Final = 5.0  # Chinese characters between commas: of lines of 42 articles 95 % have 6.4 and more
LINE: Final = 400  # characters looked at on either side
CONFIDENCE: Final = 0.95  # set, not measured: nothing proves that an author did not type it twice
_NARROW, _WIDE = re.compile(r",[,。]"), re.compile(r"，[，。]")  # begin with one character: ten times faster than one set
_BREAK = re.compile(r"[\n<>\"]")
_HAN = re.compile("[\u4e00-\u9fff]")
_BEFORE = re.compile("[\u4e00-\u9fff0-9A-Za-z”’》」』）)%％]")
_MARKS = ",，。"


def find(text: str, scores: dict[str, float]) -> list[Change]:
    """Every inserted comma, or none where the page has fewer than LEAST. Sets scores["inserted_commas"]."""
    if not is_chinese(text, scores):
        return []
    places = sorted(at for pattern in (_NARROW, _WIDE) for at in _inserted(text, pattern))
    prose = [at for at in places if _is_prose(text, at)]
    scores["inserted_commas"] = float(len(prose))
    if len(prose) < LEAST:
        return []
    # cells have narrow commas: on a page that is judged, wide ones need no sentence around them
    places = [at for at in places if text[at : at + 2] != ",," or _is_prose(text, at)]
    evidence = f"{len(places)} on the page"
    return [Change(at, at + 1, "", METHOD, evidence, confidence=CONFIDENCE) for at in places]


def _inserted(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    for match in pattern.finditer(text):
        at = match.start()
        before, after = text[at - 1 : at], text[at + 2 : at + 3]
        # three marks in a row are an ellipsis, or empty cells
        if _BEFORE.match(before) and after not in tuple(_MARKS):
            yield at


def _is_prose(text: str, at: int) -> bool:
    """Whether the line around `at` is sentences, not cells: long clauses, and a Chinese character not far before."""
    left, right = text[max(0, at - LINE) : at], text[at + 2 : at + 2 + LINE]
    left, right = _BREAK.split(left)[-1], _BREAK.split(right, maxsplit=1)[0]
    line = left + text[at : at + 2] + right
    clauses = re.split(r"[,，。]+", line.strip(_MARKS))
    is_sentence = "。" in line or len(_HAN.findall(line)) >= 4 * CLAUSE
    return is_sentence and len(_HAN.findall(line)) >= CLAUSE * len(clauses) and bool(_HAN.search(left[-4:]))
