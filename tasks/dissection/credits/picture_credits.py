"""Who took the pictures, and which agencies supplied them: Foto: Bo Berg/dpa, （林小河 摄）, © Ann Lee / AFP."""

import re
from collections.abc import Iterator

from tasks.dissection.credits.story_lines import StoryLine
from tasks.dissection.findings import Credit
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.markup.text_runs import RUN
from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.people import is_person, people_in
from tasks.dissection.words.roles import roles_in
from tasks.dissection.words.text import CJK

CREDIT_CHARS = 120
_TOKENS = re.compile(r"\s*[/／|｜,;•、]\s*|\s+(?:and|und|et|y|e|og|och|via|für|for|mit|with|avec)\s+|\s+[-–—]\s+")
_END_OF_CREDIT = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ])|\t|\s[([]|[)\]]")
_LAST_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]{2,80})[)）\]][.。]?$")
_COPYRIGHT = re.compile(r"©\s*(.{2,80})$")
# 江河报记者 林小河 摄, 林小河摄; 渡辺一郎撮影, 【渡辺一郎】 is told by 撮影 only; 河记者 林小河 图
_TOOK = re.compile(
    r"(?:(?:记者|記者|通讯员)\s?|[\s（(，,。、：:；;=＝])(?P<name>[\u4e00-\u9fff々·]{2,4}(?:、[\u4e00-\u9fff·]{2,4})*)"
    r"\s?(?:摄影?|攝影?|撮影)[）)。]?$"
)
_DREW = re.compile(r"(?:记者|記者)\s?(?P<name>[\u4e00-\u9fff]{2,4})\s?[图圖][）)。]?$")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ])")
_LAST_WORD = re.compile(r"[.。=＝\s（(【／/、]")
_AP_FIRST = re.compile(r"^(?P<agency>AP|AFP|Reuters|EPA)\s+Photos?$")


def picture_credits(lines: list[StoryLine], outlet: Outlet) -> Iterator[Credit]:
    """Photographers and agencies that captions and credit lines name, in page order; repetitions too."""
    for line in lines:
        is_picture = line.place == "picture"
        if not is_picture and len(line.text) > 2 * CREDIT_CHARS:
            continue
        said = [s for s in roles_in(line.text) if {"photographer", "picture"}.intersection(s.roles)]
        if not is_picture:
            said = [s for s in said if s.start <= 2 or len(line.text) <= CREDIT_CHARS]
        for one in said:
            is_photo = "photographer" in one.roles or (is_picture and not CJK.search(one.value))
            yield from _credits(one.value, one.printed, outlet, is_photo, is_told=True)
        if not line.text.isascii() and CJK.search(line.text):
            yield from _taken(line.plain) if is_picture or _says_taken(line.plain) else ()
        elif is_picture and not said:
            for text in _unlabelled(line.text):
                yield from _credits(text, text, outlet, is_photo=True, is_told=False)


def _credits(value: str, printed: str, outlet: Outlet, is_photo: bool, *, is_told: bool) -> Iterator[Credit]:
    """Persons and agencies among the tokens of one credit; without a label or with that of any image only beside an agency."""
    printed = printed.replace(RUN, " ")[:CREDIT_CHARS]
    value = _END_OF_CREDIT.split(value.strip(" ()[]"))[0].strip(" .")
    if len(value) > CREDIT_CHARS:
        return
    tokens = [token.strip(" .©") for token in _TOKENS.split(value) if token.strip(" .©")]
    agencies = [_agency(token) for token in tokens]
    if not is_told and not any(agencies):
        return
    if CJK.search(value):
        names = [] if any(agencies) or not is_photo else people_in(value)[0]
        yield from (Credit("photographer", name, printed) for name in names)
    else:
        is_sure = is_photo or any(agencies)
        persons = (t for t, agency in zip(tokens, agencies, strict=True) if not agency and is_person(t) and not outlet.is_named(t))
        yield from (Credit("photographer", name, printed) for name in persons if is_sure)
    yield from (Credit("agency", agency, printed) for agency in agencies if agency)


def _agency(token: str) -> str | None:
    first = _AP_FIRST.match(token)
    return agency_named(first["agency"] if first else token, pictures=True)


def _says_taken(text: str) -> bool:
    # five characters that few lines have are asked for first
    return any(map(text.__contains__, "摄攝撮图圖")) and bool(_TOOK.search(text) or _DREW.search(text))


def _taken(text: str) -> Iterator[Credit]:
    """Chinese and Japanese captions end with who took the picture."""
    match = _TOOK.search(text) or _DREW.search(text)
    if match:
        yield from (Credit("photographer", name, match[0].strip(" （(，,。、=＝")) for name in people_in(match["name"])[0])
    last = _LAST_WORD.split(text.rstrip("）)】]。. "))[-1]
    if last != text and (agency := agency_named(last, pictures=True)):
        yield Credit("agency", agency, last)


def _unlabelled(text: str) -> Iterator[str]:
    """What stands behind ©, in the last brackets, or alone in the last run of a caption."""
    if (match := _COPYRIGHT.search(text)) or (match := _LAST_BRACKET.search(text)):
        yield match[1]
    elif len(last := _SENTENCE.split(text.rsplit(RUN, 1)[-1])[-1]) <= 60:
        yield last
