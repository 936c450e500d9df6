"""Bylines that say so: By Ann Lee, 作者：林小河."""

from collections.abc import Iterator, Sequence

from tasks.dissection.credits.byline_text import CJK_BYLINE, MAX_BYLINE_CHARS, byline_names, is_capitalised, is_sentence, matched_names
from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.names import BEHIND_NAMES, is_nobody, says_role, split_names
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import CJK, squeeze

_MARKS = (":", "：")


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
        if len(piece.text) > MAX_BYLINE_CHARS or says_role(piece.text) != "author":
            continue
        text = piece.text
        rest = split_names(BEHIND_NAMES.split(text)[0])
        if not rest or all(is_nobody(n) for n in rest) or (says_role(text.strip()) and len(text.split()) == 1):
            text = f"{text} {following}" if is_short and not SENTENCE_END.search(following) else text
        names = byline_names(text, outlet)
        if names and all(is_capitalised(n) for n in names) and not is_sentence(text, names):
            yield "labelled", text, names
