"""From a byline to names: split, cleaned, and told apart from desks and placeholders."""

import re
from functools import lru_cache

from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.text import CJK, squeeze

MAX_NAME_CHARS = 60
MAX_NAME_WORDS = 7
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_URL = re.compile(r"https?://|www\.|\.(?:html?|php)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（\[【<][^)）\]】>]*[)）\]】>]")
_MARKS = re.compile(r"\s*[;；|｜·•、，/&＆]\s*|\s*,\s*")
_SENTENCE = re.compile(r"[!?！？。…:：\"“”„]|\.\s+[a-zà-ÿ]")
_LABELS = (("credit_labels", "byline"), ("credit_labels", "byline_of_others"), ("times", "published"), ("times", "modified"))
# Parts of names that are written small: nobiliary and Arabic particles.
PARTICLES = frozenset({
    "von", "van", "der", "den", "de", "del", "della", "da", "das", "do", "dos", "di", "du", "des", "la", "le", "el", "al",
    "bin", "ibn", "bint", "zu", "zum", "zur", "ten", "ter", "te", "af", "av", "of", "e", "y", "i", "for", "the", "für",
})  # fmt: skip
_EDGES = " \t\u00a0,.;:|/\\-–—_*#@•·>»«<()[]{}（）【】：，、"
# What follows the names of a byline: a place, a date, another part.
BEHIND_NAMES = re.compile(
    r"\s(?:(?:in|on|at|am|le|el|il|um|à|em|den|for|from|via|of the|[Pp]ublished|[Uu]pdated|[Pp]osted|[Ll]ast|veröffentlicht|publié)"
    r"(?=[\s:]|$)|\d)"
    r"|\s(?:[|•·–—-]|//)\s|\d{4}"
)
_HANDLE = re.compile(r"\s*@\w[\w.]*")  # of a network: Ann Lee, @annlee
_JUNIOR = re.compile(r"\s(?:Jr|Sr)$")


def split_names(text: str) -> list[str]:
    """The names in a byline, cleaned, in order; parts that cannot be names are left out."""
    text = _BRACKETS.sub(" ", squeeze(text))
    if _URL.search(_EMAIL.sub(" ", text)):
        return []
    pieces = (clean_name(_and_before().sub("", piece)) for part in _MARKS.split(text) for piece in _parted(part))
    return list(dict.fromkeys(p for p in pieces if p and looks_like_name(p) and not _is_degree(p)))


def in_order(name: str) -> str:
    """Lee, Ann, as catalogues write it -> Ann Lee."""
    parts = [part.strip() for part in name.split(",")]
    is_catalogued = len(parts) == 2 and parts[0].istitle() and parts[1].istitle() and " " not in parts[0] and len(parts[1].split()) <= 2
    return f"{parts[1]} {parts[0]}" if is_catalogued and not CJK.search(name) else name


def _parted(text: str) -> list[str]:
    """Parted at the word for "and"; at one of a single letter only between full names: José Ortega y Gasset is one man."""
    pieces = _and().split(text)
    if len(pieces) < 2 or all(len(p.split()) >= 2 for p in pieces):
        return pieces
    return _long_and().split(text)


def clean_name(text: str) -> str:
    """A name without e-mail, prefix (By, von, 记者), job title and edge marks."""
    name = squeeze(_EMAIL.sub(" ", text) if "@" in text else text)
    name = (_HANDLE.sub(" ", name) if "@" in name else name).strip(_EDGES)
    previous = None
    while name != previous:
        previous = name
        name = _lead().sub("", name).strip(_EDGES)
        name = _korean_title(name)
        words = name.split()
        if len(words) > 1 and (words[-1].casefold() in words_of("names", "titles") or (len(words) > 2 and _is_degree(words[-1]))):
            name = " ".join(words[:-1]).strip(_EDGES)
        name = _without_job(name)
    return f"{name}." if _JUNIOR.search(name) and f"{name}." in text else name


def _is_degree(word: str) -> bool:
    """PhD, M.D.; Ma is a family."""
    return (not word.istitle() or "." in word) and word.casefold().rstrip(".") in words_of("names", "degrees")


def _without_job(name: str) -> str:
    """Ann Lee Senior Staff Writer -> Ann Lee; Daily Post Reporter stays, and is nobody."""
    words = name.split()
    if len(words) < 3 or words[-1].casefold() not in words_of("names", "job"):
        return name
    stop = len(words) - 1
    while stop > 2 and words[stop - 1].casefold() in words_of("names", "job_kind"):
        stop -= 1
    whose = {word.casefold() for word in words[:stop]}
    is_desk = not whose.isdisjoint(words_of("names", "organisation") | words_of("names", "outlet_words") | words_of("names", "job_kind"))
    return name if is_desk else " ".join(words[:stop]).strip(_EDGES)


def looks_like_name(name: str) -> bool:
    """Whether it could name a person or organisation: short, with letters, without digits or the marks of a sentence."""
    if not 2 <= len(name) <= MAX_NAME_CHARS or len(name.split()) > MAX_NAME_WORDS:
        return False
    if _URL.search(name) or _SENTENCE.search(name) or not any(c.isalpha() for c in name):
        return False
    if any(c.isdigit() or c == "\ufffd" for c in name):  # the replacement character: bytes were lost
        return False
    if len(name) > 4 and sum(word.islower() and word not in PARTICLES for word in name.split()) > len(name.split()) / 2 > 0.5:
        return False
    return not (CJK.search(name) and " " not in name and len(name) > 20)


def is_nobody(name: str) -> bool:
    """Whether it is a desk or a placeholder: admin, Redaktion, 编辑部."""
    folded = name.casefold().strip(_EDGES)
    nobody = words_of("names", "nobody")
    if folded in nobody or any(folded in words_of(*table) for table in _LABELS):
        return True
    if CJK.search(name):
        return any(word in folded for word in nobody if CJK.search(word))
    words = folded.replace("-", " ").split()
    if words and words[-1] in words_of("names", "job") and all(word in words_of("names", "job_kind") for word in words[:-1]):
        return True
    return any(word in nobody for word in words) if len(words) <= 5 else False


def is_chinese_name(name: str) -> bool:
    """Whether it may be a Chinese person: two or three characters behind a family name, or the parts of a longer name between dots."""
    if "·" in name:
        return all(2 <= len(part) <= 6 and CJK.match(part) for part in name.split("·"))
    return 2 <= len(name) <= 4 and all(map(CJK.match, name)) and name[0] in _surnames()


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset("".join(load_lexicon("family_names")["zh"]))


@lru_cache(maxsize=1)
def _and() -> re.Pattern[str]:
    """Between two names: the word for "and" in any language, between blanks and before a capital or a letter without case."""
    words = "|".join(sorted((re.escape(w) for w in words_of("names", "and")), key=len, reverse=True))
    return re.compile(rf"\s+(?:{words})\s+")


@lru_cache(maxsize=1)
def _and_before() -> re.Pattern[str]:
    """What is left of "and" behind a comma: Ann Lee, Bo Berg, and Cy Dahl."""
    words = "|".join(sorted((re.escape(w) for w in words_of("names", "and")), key=len, reverse=True))
    return re.compile(rf"^\s*(?:{words})\s+(?=\S)")


@lru_cache(maxsize=1)
def _long_and() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in words_of("names", "and") if len(w) > 1)
    return re.compile(rf"\s+(?:{words})\s+")


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    words = sorted(words_of("credit_labels", "byline") | words_of("names", "titles"), key=len, reverse=True)
    spaced = "|".join(re.escape(w) for w in words if not CJK.search(w))
    joined = "|".join(re.escape(w) for w in words if (CJK.search(w) and len(w) > 1) or w in "文글")
    return re.compile(
        rf"^(?:(?:{spaced})(?:\s*[:：]\s*|\s+)|(?:{joined})(?:\s*[:：/／|丨]\s*|\s+)|(?:记者|記者|作者|本报记者)(?=\S))", re.IGNORECASE
    )


def _korean_title(name: str) -> str:
    """홍길동 기자 and 홍길동기자 are 홍길동; a place before the name is not part of it."""
    match = re.search(r"([\uac00-\ud7a3]{2,4})\s?(?:기자|특파원|선임기자|인턴기자|논설위원|객원기자)\b", name)
    return match[1] if match else name


def says_role(text: str) -> str | None:
    """author or other where the text begins with what stands before names of that role, else None."""
    match = _roles().match(text[:80].casefold().lstrip(_EDGES))
    if match is None:
        return None
    return "other" if match[0] in words_of("credit_labels", "byline_of_others") else "author"


@lru_cache(maxsize=1)
def _roles() -> re.Pattern[str]:
    """Labels of both roles, longer ones first; Chinese, Japanese and Korean ones of two characters and more need no blank behind them."""
    words = sorted(words_of("credit_labels", "byline_of_others") | words_of("credit_labels", "byline"), key=len, reverse=True)
    end = r"(?=$|[\s:：/／|丨])"
    return re.compile("|".join(re.escape(w) + ("" if CJK.search(w) and len(w) > 1 else end) for w in words))
