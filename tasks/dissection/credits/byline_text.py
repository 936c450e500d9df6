"""The names inside one printed byline, without what stands around them."""

import re

from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.names import BEHIND_NAMES, PARTICLES, looks_like_name, split_names

MAX_BYLINE_CHARS = 160
# （记者林小河、王大江） and （记者 林小河） at either end of a Chinese story; 文|林小河; 作者：…
CJK_BYLINE = re.compile(
    r"[（(【][^（()）】]{0,14}?(?:记者|記者|撰文|作者|采写|文)[\s：:|/丨]*(?P<bracketed>[^（()）】]{2,60})(?:[）)】]|$)"
    r"|(?:^|[\s|])(?:(?:作者|撰文|采写|文字|文|执笔|執筆|撰稿)\s?[：:|/｜丨]|[^\s，。：:]{0,8}(?:记者|記者)\s?[：:|/｜丨\s])\s?(?P<labelled>[^，。：:｜|（(/／]{2,40})"
)


def byline_names(text: str, outlet: Outlet) -> list[str]:
    """Names of a printed byline, without the affiliation that follows one: Ann Lee, River Times North."""
    if len(text) > MAX_BYLINE_CHARS:
        return []
    names = split_names(BEHIND_NAMES.split(text)[0])
    return [n for i, n in enumerate(names) if not (i and outlet.starts(n)) and is_capitalised(n)]


def cjk_names(text: str) -> list[str]:
    """Names after 记者 and the like; blanks part them too, and longer ones are no names."""
    return [n for part in text.split() for n in split_names(part) if len(n) <= 5]


def is_capitalised(name: str) -> bool:
    """Names begin with capitals, where the script has them: "By the time he left" names nobody."""
    words = name.split()
    small = [w for w in words if w[0].islower() and w not in PARTICLES]
    return bool(words) and looks_like_name(name) and not small and len(words) <= 5
