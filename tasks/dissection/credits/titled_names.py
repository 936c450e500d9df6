"""Names that their title follows, as in Korean and Japanese: 홍길동 기자, 홍길동·김나래 기자, 佐川みどり記者."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.lexicon import load_lexicon
from tasks.dissection.words.names import is_nobody
from tasks.dissection.words.sentences import SENTENCE_END

Byline = tuple[str, str, list[str]]
LINE_CHARS = 80  # of a byline near the headline; in the story its first and last this many may hold one
_KOREAN_MARKS = ("기자", "특파원", "논설위원")
_KOREAN = re.compile(
    r"(?<![가-힣])(?P<names>(?:[가-힣]{3}\s?[·ㆍ,/\s]\s?){0,4}[가-힣]{2,4})"
    r"\s?(?:선임|인턴|수습|객원|전문|사진|취재)?\s?(?:기자|특파원|논설위원|편집위원|칼럼니스트)(?![가-힣])"
)
_NO_KOREAN_NAME = frozenset(
    ("취재", "사진", "본지", "담당", "전문", "선임", "인턴", "수습", "객원", "온라인", "공동", "현장", "전속", "명예", "시민", "기자")
)
_OTHER_ROLES = ("사진", "편집", "영상", "그래픽", "번역", "촬영")
_JAPANESE = re.compile(r"(?P<names>[\u3041-\u30ff\u3400-\u9fff々]{2,6})\s?(?:記者|特派員|論説委員|編集委員)")
_JAPANESE_DESK = re.compile(r".*(?:新聞|社|部|局|班|担当|編集|本紙|通信|テレビ|報)|[\u3041-\u309f]+")


def names_with_titles(page: ParsedPage, pieces: Sequence[NearText], body: str) -> Iterator[Byline]:
    """Korean names near the headline and at either end of the story, Japanese ones that are a run of their own."""
    near = [piece.text for piece in sorted(pieces, key=lambda piece: abs(piece.distance)) if len(piece.text) <= LINE_CHARS]
    if any(mark in page.html for mark in _KOREAN_MARKS):
        lines = body.split("\n")
        ends = (*(line[-LINE_CHARS:] for line in reversed(lines[-3:])), *(line[:LINE_CHARS] for line in lines[:1]))
        for text in chain((text for text in near if not SENTENCE_END.search(text)), ends):
            if names := korean_names(text):
                yield "titled", text, names
    for text in near:
        match = _JAPANESE.fullmatch(text)
        if match and not _JAPANESE_DESK.fullmatch(match["names"]) and not is_nobody(match["names"]):
            yield "titled", text, [match["names"]]


def korean_names(text: str) -> list[str]:
    """Those before a reporter's title, without the outlet or place before them."""
    written = (match for match in _KOREAN.finditer(text) if not text[: match.start()].rstrip(" =:").endswith(_OTHER_ROLES))
    found = [name for match in written for name in re.split(r"[\s·ㆍ,/]+", match["names"])]
    return list(dict.fromkeys(n for n in found if n[0] in _families() and n not in _NO_KOREAN_NAME and not is_nobody(n)))


@cache
def _families() -> frozenset[str]:
    return frozenset("".join(load_lexicon("family_names")["ko"]))
