"""The names inside one printed byline, without what stands around them."""

import re
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.names import BEHIND_NAMES, PARTICLES, is_chinese_name, is_nobody, looks_like_name, split_names
from tasks.dissection.words.text import CJK

MAX_BYLINE_CHARS = 160
_REPORTER = ("记者", "記者", "本报记者", "本報記者")
MOST_CJK = 8  # characters of a name; screen names of writers are longer than persons'
_MARKS = tuple(":：|/／｜丨")
_LABELS = (
    "作者|撰文|采写|採寫|文字|文|执笔|執筆|撰稿|采访|採訪|报道|報道|著者|筆者|執筆者|ライター|寄稿|投稿者|文責|取材・文|特约撰稿人?"
    "|特約撰稿人?"
)
_FILED = "报道|报导|報導|報道|电|電|讯|訊"
# （记者林小河、王大江） and （记者 林小河） at either end of a Chinese story; 文|林小河; 作者：…; 記者林小河／臨江報導
CJK_BYLINE = re.compile(
    r"[（(【〔\[][^（()）】〕\]]{0,14}?(?:记者|記者|撰文|作者|采写|文)[\s：:|/／丨]*(?P<bracketed>[^（()）】〕\]]{2,60})(?:[）)】〕\]]|$)"
    rf"|(?:^|[\s|])(?:(?:{_LABELS})\s?[：:|/／｜丨＝=]|[^\s，。：:]{{0,8}}(?:记者|記者)\s?[：:|/／｜丨\s])\s?"
    r"(?P<labelled>[^，。：:｜|（(/／]{2,40})"
    rf"|^[^\s，。：:]{{0,8}}(?:记者|記者)(?P<filed>[\u4e00-\u9fff]{{2,4}})[／/\s]\S{{1,8}}?(?:{_FILED})"
)
_FROM_WHERE = re.compile(
    rf"(?:[／/\s][^／/\s]{{1,12}}|(?<=[\u4e00-\u9fff]{{3}})\S{{2,12}})(?:{_FILED})$"
)  # 林小河／臨江報導, 林小河临江1日电


def byline_names(text: str, outlet: Outlet) -> list[str]:
    """Names of a printed byline, without the affiliation that follows one: Ann Lee, River Times North."""
    if len(text) > MAX_BYLINE_CHARS:
        return []
    names = split_names(_day_behind().split(BEHIND_NAMES.split(text)[0])[0] if any(map(str.isdigit, text)) else BEHIND_NAMES.split(text)[0])
    names = [part for name in names for part in (name.split() if all(map(is_chinese_name, name.split())) else [name])]
    return [n for i, n in enumerate(names) if not (i and outlet.starts(n)) and is_capitalised(n)]


# （林小河 王大江） at the end of a Chinese story, and nothing else in the brackets.
_IN_BRACKETS = re.compile(r"[（(]\s?([\u4e00-\u9fff·]{2,12}(?:[\s、，,/／]+[\u4e00-\u9fff·]{2,12}){0,4})\s?[）)]\s?$")
_PICTURED = re.compile(r"[摄攝图圖绘繪译譯编編]$")
# 【佐川みどり】 at the end of a Japanese story: no word of kana alone, and none that says that a story ends or who supplied it.
_JAPANESE_IN_BRACKETS = re.compile(
    r"[。」！？]\s?[（(【［\[]\s?([\u3041-\u30ff\u3400-\u9fff々]{3,6}(?:[・、,／/\s][\u3041-\u30ff\u3400-\u9fff々]{3,6}){0,4})\s?[）)】］\]]$"
)
_NO_JAPANESE_NAME = re.compile(
    r"[\u3040-\u30ff]+|.*(?:略|終|完|続|了|共同|時事|通信|新聞|記事|編集|撮影|写真|提供|談|構成|更新|記者|協力|参照|引用|出典|関連|図|資料|本社|部|さん|氏|様|歳)"
)


def japanese_names_in_brackets(line: str) -> list[str]:
    """The names that a story ends with, in brackets behind its last sentence: …という。【佐川みどり】."""
    match = _JAPANESE_IN_BRACKETS.search(line[-60:])
    names = re.split(r"[・、,／/\s]+", match[1]) if match else []
    return [] if any(_NO_JAPANESE_NAME.fullmatch(name) or is_nobody(name) for name in names) else names


@cache
def _day_behind() -> re.Pattern[str]:
    """A month at the end of what stands before a number: Ann Lee March 3."""
    months = {name for year in load_lexicon("months").values() for names in year for name in names.split() if len(name) > 2}
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, sorted(months, key=len, reverse=True)))})\.?$", re.IGNORECASE)


def cjk_names(text: str, *, is_labelled: bool = True) -> list[str]:
    """Names after 记者 and the like; blanks part them too, and longer ones are no names, nor are words where no mark parts them from it."""
    names = [n for part in text.split() for n in split_names(part) if len(n) <= 5]
    if is_labelled and not (names and is_chinese_name(names[0])):
        return names  # screen names are no family's
    return [name for name in names if is_chinese_name(name)]


def matched_names(match: re.Match[str]) -> list[str]:
    """The names in a match of CJK_BYLINE: 记者调查 says what the reporter did, 记者 林小河 who it is."""
    kind = str(match.lastgroup)
    text = _FROM_WHERE.sub("", match[kind])
    before = match.string[match.start() : match.start(kind)]
    return cjk_names(text, is_labelled=before.rstrip()[-1:] in _MARKS or (kind == "bracketed" and before[-1:].isspace()))


def names_in_brackets(line: str) -> list[str]:
    """The names that a line ends with, in brackets and by themselves; none where one of them is no person's."""
    match = _IN_BRACKETS.search(line[-60:])
    names = re.split(r"[\s、，,/／]+", match[1].strip()) if match else []
    return names if all(is_chinese_name(name) and not _PICTURED.search(name) and not is_nobody(name) for name in names) else []


def is_capitalised(name: str) -> bool:
    """Names begin with capitals, where the script has them: "By the time he left" names nobody."""
    words = name.split()
    small = [w for w in words if w[0].islower() and w not in PARTICLES]
    return bool(words) and looks_like_name(name) and not small and len(words) <= 5 and (len(words) == 1 or words[-1] not in PARTICLES)


def is_sentence(text: str, names: list[str]) -> bool:
    """Whether a line that begins with a role word says something else: 记者从某地获悉，…, 记者调查; Text Alerts, one word and no mark."""
    if text.startswith(_REPORTER) and not any(mark in text for mark in _MARKS):
        return not all(is_chinese_name(name) for name in names)
    if CJK.search(text):
        return any(CJK.search(name) and "·" not in name and len(name.replace(" ", "")) > MOST_CJK for name in names)
    if len(names) > 1 and not any(" " in name for name in names):
        return True  # By Land and Sea
    return len(names) == 1 and len(text.split()) == 2 and " " not in names[0] and not re.search(r"[:：|]", text)


def is_control(names: list[str], element: HtmlElement) -> bool:
    """Whether a marked element holds one word of the interface: EN, Size, Alerts. A word alone is a name where its link says so."""
    if any(name.casefold() in words_of("buttons", table) for name in names for table in ("more", "to_all", "control", "beside_headline")):
        return True
    if len(names) != 1 or " " in names[0] or CJK.search(names[0]):
        return False
    links = (element, *islice(element.iterancestors("a"), 1), *islice(element.iter("a"), 3))
    key = names[0].casefold()
    hrefs = ((link.get("href") or "").casefold() for link in links)
    return not any(key in href for href in hrefs if not href.startswith("#")) and not any(link.get("rel") == "author" for link in links)
