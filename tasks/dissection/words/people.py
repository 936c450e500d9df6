"""Persons in the value of a credit: 甲某、乙某_NB12 纠错, Ann Lee in Oslo and Bo Berg, 홍길동 기자."""

import re
from collections.abc import Iterator

from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.names import BEHIND_NAMES, is_nobody, looks_like_name, split_names
from tasks.dissection.words.text import CJK

_CODE = re.compile(r"_[A-Za-z]{0,4}\d+$")
_ONLY_CODE = re.compile(r"[A-Z]{1,3}\d{2,8}")
_BRACKETS = re.compile(r"[(（\[【<《][^)）\]】>》]*[)）\]】>》]")
_TITLES = re.compile(
    r"^\S{0,12}(?:记者|記者|通讯员|通訊員|实习生|实习编辑|特派员|特約撰稿人?|撰稿人|特派員|论说委员|論説委員|編集委員|评论员|研究员)"
)
_BETWEEN = re.compile(r"[、，,；;/／&＆|｜丨]|\s")
# Screen names go up to eight characters, longer ones are words; ・ and · part the names of foreigners.
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆·・]{2,8}")
_WESTERN = re.compile(r"[A-Za-zÀ-ÿ][\w.'’-]*")
_KOREAN = re.compile(r"([\uac00-\ud7a3]{2,4})(?:\s?(?:선임|인턴|수습|객원|전문|사진)?(?:기자|특파원|에디터|PD|편집장))?")
_NO_PERSON = re.compile(
    r"公司|社$|网$|網$|报$|報$|电视台|新闻|新聞|委员会|図|图$|局$|部$|站$|中心|频道|大学|官方|提供|资料|截图|视频|来源|著作權|视觉|图库|摄$|から$"
)
_AND = re.compile(r"\s+(?:and|und|et|och|og|en|и|та|و)\s+|,")  # a place follows each name: Ann Lee in Oslo and Bo Berg
MOST = 12


def people_in(value: str) -> tuple[list[str], list[str]]:
    """(names, what was refused as a desk or placeholder), as printed in order."""
    value = _BRACKETS.sub(" ", value)
    names = list(dict.fromkeys(_korean(value) or _eastern(value) if CJK.search(value) or _ONLY_CODE.match(value) else _western(value)))
    nobody = [name for name in names if is_nobody(name)]
    return [name for name in names if name not in nobody][:MOST], nobody


def _eastern(value: str) -> Iterator[str]:
    """Names as long as they follow each other; the first word that cannot be one ends the credit."""
    buttons = words_of("buttons", "beside_credit")
    held = ""
    for part in (*_joined(value), ""):
        token = _TITLES.sub("", part).strip("._-:：")
        if held and not _WESTERN.fullmatch(token):
            yield held
            held = ""
        if not token:
            continue
        if _ONLY_CODE.fullmatch(token):
            yield token
        elif _WESTERN.fullmatch(token):
            held = f"{held} {token}".strip()
        elif token in buttons or not _EASTERN.fullmatch(token) or (_NO_PERSON.search(token) and not is_nobody(token)):
            return
        else:
            yield token


def _joined(value: str) -> Iterator[str]:
    """Parts of a value without codes; 李 明, a name set wide, is one."""
    parts = [_CODE.sub("", part) for part in _BETWEEN.split(value)]
    index = 0
    while index < len(parts):
        part = parts[index]
        following = parts[index + 1] if index + 1 < len(parts) else ""
        if len(part) == 1 == len(following) and CJK.match(part) and CJK.match(following):
            part, index = part + following, index + 1
        yield part
        index += 1


def _korean(value: str) -> list[str]:
    """Hangul names, without the title behind them."""
    if not re.search("[\uac00-\ud7a3]", value):
        return []
    matches = (_KOREAN.fullmatch(part.strip(" .=")) for part in re.split(r"[,·ㆍ/=;]|\s(?=[\uac00-\ud7a3]{3}(?:\s|$))", value))
    return [match[1] for match in matches if match]


def _western(value: str) -> list[str]:
    """Names of two words and more: a single word behind a role is a desk or a thing as often as a person."""
    text = re.split(r"[.;]\s+(?=\S{4})|\t| \| ", value)[0]
    parts = (BEHIND_NAMES.split(part)[0] for part in _AND.split(text))
    return [name for part in parts for name in split_names(part) if is_person(name)]


def is_person(name: str) -> bool:
    """Two to four words that begin with capitals, where the script has them, and none that organisations have."""
    words = name.replace("-", " ").split()
    if not 2 <= len(name.split()) <= 4 or not looks_like_name(name) or any(w.islower() for w in (words[0], words[-1])):
        return False
    return not any(word.casefold().strip(".,") in words_of("names", "organisation") for word in words)
