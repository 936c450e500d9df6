"""Bylines that say so: By Ann Lee, 作者：林小河."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.dissection.credits.byline_text import CJK_BYLINE, MAX_BYLINE_CHARS, byline_names, is_capitalised, is_sentence, matched_names
from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.names import BEHIND_NAMES, is_nobody, says_role, split_names
from tasks.dissection.words.people import is_person
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import CJK, squeeze

MOST_RUNS = 9  # behind a label and the first name: four more names and what joins them
_MARKS = (":", "：")
_EDGES = " ,&、/"
_JOINTS = frozenset(",&、/")


def labelled_bylines(pieces: Sequence[NearText], outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    """Lines that begin with By, von, 作者, and Chinese credits in brackets."""
    for i, piece in enumerate(pieces):
        following = pieces[i + 1].text if i + 1 < len(pieces) else ""
        is_short = len(following) <= MAX_BYLINE_CHARS
        # 出版社：江河出版社 作者： and the name as a link behind it
        is_open = is_short and piece.text.endswith(_MARKS) and CJK.search(piece.text)
        for match in CJK_BYLINE.finditer(f"{piece.text}{following}" if is_open else piece.text):
            if names := matched_names(match):
                yield "labelled", squeeze(match[0]), names
        text = _from_label(piece.text) if len(piece.text) <= MAX_BYLINE_CHARS else None
        if text is None:
            continue
        rest = split_names(BEHIND_NAMES.split(text)[0])
        behind = list(pieces[i + 1 : i + 1 + MOST_RUNS])
        if not rest or all(is_nobody(n) for n in rest) or (says_role(text.strip()) and len(text.split()) == 1):
            text = f"{text} {following}" if is_short and not SENTENCE_END.search(following) else text
            behind = behind[1:]
        names = byline_names(_with_others(text, behind), outlet)
        if names and all(is_capitalised(n) for n in names) and not is_sentence(text, names):
            yield "labelled", text, names


def _from_label(text: str) -> str | None:
    """The text from the word before names on: at its beginning, or behind a date: Posted on March 3, 2024 by Ann Lee."""
    if says_role(text) == "author":
        return text
    match = _behind_date().match(text) if any(map(str.isdigit, text)) else None
    return text[match.start("label") :] if match else None


@cache
def _behind_date() -> re.Pattern[str]:
    """A date of a few words, a mark or none, a label and a capital."""
    labels = sorted((w for w in words_of("credit_labels", "byline") if not CJK.search(w)), key=len, reverse=True)
    return re.compile(
        rf"(?=.*?\d)[\W\d_]*(?:[^\W\d_]{{1,12}}[\W\d_]+){{0,8}}(?P<label>(?i:{'|'.join(map(re.escape, labels))})\s?:?\s+(?=\w)(?![a-z]))",
        re.DOTALL,
    )


def _with_others(text: str, behind: Sequence[NearText]) -> str:
    """The text with the runs behind it that go on with further names: By <a>Ann Lee</a>, <a>Bo Berg</a> and <a>Cy Dahl</a>."""
    is_open = False
    for piece in behind:
        said = piece.text.strip()
        joins = said in _JOINTS or said.casefold().strip(", ") in words_of("names", "and")
        opens = said.split(" ")[0].casefold() in words_of("names", "and") or (said[:1] in _JOINTS and is_person(said.lstrip(_EDGES)))
        if not (joins or opens or (is_open and is_person(said))) or len(text) + len(said) >= MAX_BYLINE_CHARS:
            break
        text, is_open = f"{text} {said}", joins
    return text.rstrip(" ,&、/")
