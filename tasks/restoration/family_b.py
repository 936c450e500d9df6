"""Simplified text into which a mirror pushed readings and blanks at random: 今天(tiān)的天 气很好 is 今天的天气很好.

Nothing can be cloaked again to prove it, since nothing says which characters a mirror picks. What tells a mirror from a
writer: it takes characters as they come, so common ones, prints the reading that stands first in a table, and does not
stop at the first time a character occurs.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from tasks.restoration.changes import Change
from tasks.restoration.first_look import is_chinese

if TYPE_CHECKING:
    from tasks.restoration.cloak.glosses import Gloss

METHOD: Final = "family_b"
LEAST: Final = 5  # glosses; three where blanks split words as well
LEAST_WITH_BLANKS: Final = 3
LEAST_DENSITY, MOST_DENSITY = 0.005, 0.3  # glosses a Chinese character: below it writers explain a name, above it children read
AGREEING: Final = 0.9  # share of all readings in brackets that are the first of their character
COMMON: Final = 900  # median rank by frequency: characters of news have 203, a page's different ones 362, 31 that writers explain 3,375
RARE: Final = 4000  # rank from which a reading is a writer's even here: 亳(bó)州
TRADITIONAL: Final = 0.3  # share of glossed characters unlike their Simplified form from which the page is cloaked another way
FIRST: Final = 0.95  # share of glosses at a character's first place from which the page teaches new ones; a lesson by its nature has 1
CONFIDENCE: Final = 0.95  # set, not measured
SPLITS_WORD: Final = 1.0  # what a character gains from its left neighbour, in natural logarithms: 96 % of places inside words
SEEN_JOINED: Final = -1.0  # the same, where the page has the two side by side elsewhere as well
IN_HEADLINE: Final = 4.5  # the same for lines that are no sentences: of 39 blanks that writers set there none reaches it
LINE: Final = 200  # characters on either side in which its marks are looked for
REACH: Final = 40  # characters on either side of a blank, to find two that are no gloss
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff)])[ \u00a0](?=[\u4e00-\u9fff])")
_BYLINE = re.compile("(?:讯|日电|记者|编辑|校对|责编|摄影)$")  # a blank stands behind them on purpose, in sentences too
_EDGE = re.compile(r"[<>\n]")
_HAN = re.compile("[\u4e00-\u9fff]")
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]")


def find(text: str, scores: dict[str, float]) -> list[Change]:
    """Glosses and blanks to take out, in order; none where the page is not judged family B.

    Sets scores family_b_glosses, _density, _agreeing, _rank and _first where readings in brackets stand behind characters.
    """
    if not is_chinese(text, scores):
        return []
    from tasks.restoration.cloak.glosses import GLOSS  # loads OpenCC, 10 ms; only Chinese pages pay for it

    places = [match for match in GLOSS.finditer(text) if _HAN.match(text, match.start() - 1)] if "(" in text else []
    if len(places) < LEAST_WITH_BLANKS:
        return []
    glosses = _glosses(text, places)
    _score(text, len(places), glosses, scores)
    if not _is_family_b(scores):
        return []
    blanks = list(_blanks(text))
    if len(glosses) < LEAST and len(blanks) < 2:
        return []
    changes = [Change(gloss.start, gloss.end, "", METHOD, "a reading at random", confidence=CONFIDENCE) for gloss in glosses]
    return sorted(changes + blanks, key=lambda change: change.start)


def _glosses(text: str, places: list[re.Match[str]]) -> list["Gloss"]:
    """Those that print the first reading of a character that is not rare."""
    from tasks.restoration.characters.model import character_model  # 0.2 s; only pages with readings in brackets pay for it
    from tasks.restoration.cloak.glosses import Gloss, readings_of

    model = character_model()
    found = [Gloss(place.start(), place.end(), text[place.start() - 1], place[1]) for place in places]
    return [gloss for gloss in found if gloss.reading in readings_of(gloss.char)[:1] and model.rank(gloss.char) < RARE]


def _score(text: str, bracketed: int, glosses: list["Gloss"], scores: dict[str, float]) -> None:
    from tasks.restoration.characters.model import character_model
    from tasks.restoration.characters.scripts import simplified

    count, occurrences = max(1, len(glosses)), Counter(text)
    firsts = {gloss.char: text.find(gloss.char) for gloss in glosses}  # a search for each character, not for each gloss
    repeated = [gloss for gloss in glosses if occurrences[gloss.char] > 1]
    first = sum(firsts[gloss.char] == gloss.start - 1 for gloss in repeated)
    scores["family_b_glosses"] = float(len(glosses))
    scores["family_b_density"] = len(glosses) / max(1, len(_HAN.findall(text)))
    scores["family_b_agreeing"] = len(glosses) / bracketed
    scores["family_b_rank"] = float(median([character_model().rank(gloss.char) for gloss in glosses] or [RARE]))
    scores["family_b_traditional"] = sum(simplified(gloss.char) != gloss.char for gloss in glosses) / count
    scores["family_b_first"] = first / len(repeated) if len(repeated) >= LEAST_WITH_BLANKS else 0.0


def _is_family_b(scores: dict[str, float]) -> bool:
    return (
        scores["family_b_glosses"] >= LEAST_WITH_BLANKS
        and LEAST_DENSITY <= scores["family_b_density"] <= MOST_DENSITY
        and scores["family_b_agreeing"] >= AGREEING
        and scores["family_b_rank"] <= COMMON
        and scores["family_b_traditional"] <= TRADITIONAL
        and scores["family_b_first"] < FIRST
    )


def _blanks(text: str) -> Iterator[Change]:
    """Blanks that split a word. Between clauses of a headline or the names of a byline they stay."""
    from tasks.restoration.cloak.glosses import GLOSS

    plain = _BLANK.sub("", GLOSS.sub("", text))
    pairs = Counter(map("".join, pairwise(plain)))
    for match in _BLANK.finditer(text):
        left = _BLANK.sub("", GLOSS.sub("", text[max(0, match.start() - REACH) : match.start()]))[-2:]
        right = _BLANK.sub("", GLOSS.sub("", text[match.end() : match.end() + REACH]))[:2]
        if not _HAN.match(left[-1:]) or _BYLINE.search(left):
            continue
        is_seen = pairs[left[-1] + right[0]] > 1
        least = (SEEN_JOINED if is_seen else SPLITS_WORD) if _is_sentence(text, match.start()) else IN_HEADLINE
        if gain(left, right) >= least:
            evidence = "page" if is_seen else "model"
            yield Change(match.start(), match.end(), "", METHOD, evidence, confidence=CONFIDENCE)


def _is_sentence(text: str, at: int) -> bool:
    """Whether the line has a comma or a full stop, as neither headlines nor bylines have."""
    before, after = _EDGE.split(text[max(0, at - LINE) : at])[-1], _EDGE.split(text[at : at + LINE], maxsplit=1)[0]
    return any(mark in before + after for mark in "，。,")


def gain(left: str, right: str) -> float:
    """How much likelier the first two characters of `right` are behind `left` than at the start of a line; natural logarithm."""
    from tasks.restoration.characters.model import START, character_model

    model = character_model()
    before = _NOT_CHINESE.sub(START, left[-2:])
    return model.cost_of(right[:2]) - model.cost_of(right[:2], before)
