"""The language of the article: what the page declares, overruled where the text itself says otherwise."""

import re
from collections import Counter
from functools import lru_cache

from tasks.dissection.findings import Candidate, Finding, Found
from tasks.dissection.markup.declared import first_text
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.columns import first_told
from tasks.dissection.words.lexicon import load_lexicon

SAMPLE_CHARS = 3000
SCRIPT_CHARS = 800  # enough to tell a script, and a quarter of the time
# A language is told by its letters from this share of the sample on: Latin names and numbers stand in every text.
SCRIPT_SHARE = 0.3
MIN_WORDS = 40  # fewer tell nothing about function words
_WORD, _LETTERS = re.compile(r"\w+"), re.compile(r"[^\W\d_]+")
# Codes that were replaced, and macro-languages by the member that newspapers write (ISO 639-1).
_RENAMED = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "no": "nb", "cn": "zh", "jp": "ja", "kr": "ko", "gr": "el", "cz": "cs",
    "dk": "da", "ua": "uk", "zho": "zh", "eng": "en", "deu": "de", "fra": "fr", "spa": "es",
}  # fmt: skip
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("kana", re.compile(r"[\u3041-\u30fa]")),
    ("hangul", re.compile(r"[\uac00-\ud7a3]")),
    ("han", re.compile(r"[\u3400-\u9fff]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("hebrew", re.compile(r"[\u05d0-\u05ea]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("bengali", re.compile(r"[\u0980-\u09ff]")),
    ("gurmukhi", re.compile(r"[\u0a00-\u0a7f]")),
    ("gujarati", re.compile(r"[\u0a80-\u0aff]")),
    ("tamil", re.compile(r"[\u0b80-\u0bff]")),
    ("telugu", re.compile(r"[\u0c00-\u0c7f]")),
    ("kannada", re.compile(r"[\u0c80-\u0cff]")),
    ("malayalam", re.compile(r"[\u0d00-\u0d7f]")),
    ("sinhala", re.compile(r"[\u0d80-\u0dff]")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("lao", re.compile(r"[\u0e80-\u0eff]")),
    ("burmese", re.compile(r"[\u1000-\u109f]")),
    ("georgian", re.compile(r"[\u10a0-\u10ff]")),
    ("armenian", re.compile(r"[\u0530-\u058f]")),
    ("ethiopic", re.compile(r"[\u1200-\u137f]")),
    ("khmer", re.compile(r"[\u1780-\u17ff]")),
)
# Languages written in a script; the first is taken where the page declares none of them.
_WRITTEN_IN: dict[str, tuple[str, ...]] = {
    "kana": ("ja",), "hangul": ("ko",), "han": ("zh", "ja", "yue"), "greek": ("el",), "hebrew": ("he", "yi"),
    "arabic": ("ar", "fa", "ur", "ps", "ckb", "ku", "ug", "sd"), "devanagari": ("hi", "mr", "ne", "sa", "mai"), "bengali": ("bn", "as"),
    "cyrillic": ("ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "uz", "bs"), "gurmukhi": ("pa",), "gujarati": ("gu",),
    "tamil": ("ta",), "telugu": ("te",), "kannada": ("kn",), "malayalam": ("ml",), "sinhala": ("si",), "thai": ("th",), "lao": ("lo",),
    "burmese": ("my",), "georgian": ("ka",), "armenian": ("hy",), "ethiopic": ("am", "ti"), "khmer": ("km",),
}  # fmt: skip
_PERSIAN, _URDU = re.compile("[پچژگ]"), re.compile("[ٹڈڑےں]")


def find_language(page: ParsedPage, body: str | None) -> Found[str | None]:
    """ISO 639-1 code of the article. The text overrules a declaration only where its script or its commonest words exclude it."""
    declared = list(_declared(page))
    text = (body or _area_text(page))[:SAMPLE_CHARS]
    first = declared[0][1] if declared else None
    seen, source = _by_text(text, first)
    winner, won_source, reason = _decide(declared, seen, source)
    candidates = [Candidate(s, c, "won" if s == won_source and c == winner else "agrees" if c == winner else "lost") for s, c in declared]
    if seen:
        candidates.append(Candidate(source, seen, "won" if source == won_source else "agrees" if seen == winner else "lost"))
    return Found(winner, (Finding("lang", winner, won_source, reason, tuple(candidates)),))


def _decide(declared: list[tuple[str, str]], seen: str | None, source: str) -> tuple[str | None, str | None, str]:
    if not declared:
        return seen, source if seen else None, "told by the text" if seen else "nothing declared and too little text"
    place, code = declared[0]
    if seen is None or seen == code:
        return code, place, "declared"
    for other_place, other in declared[1:]:
        if other == seen:
            return other, other_place, f"declared, and the text excludes {code}"
    return seen, source, f"the text excludes the declared {code}"


def _declared(page: ParsedPage) -> list[tuple[str, str]]:
    """(place, code) of every declaration, most trusted first."""
    places = (
        ("html lang", page.tree.get("lang") or page.tree.get("xml:lang")),
        ("og:locale", page.first_meta("og:locale")),
        ("json_ld:inLanguage", first_text(page, "inLanguage")),
        ("content-language", page.first_meta("content-language", "language", "dc.language")),
        *first_told(page.columns, "lang"),
    )
    found = []
    for place, text in places:
        code = (text or "").strip().replace("_", "-").split("-")[0].split(",")[0].lower()
        code = _RENAMED.get(code, code)
        if code.isascii() and code.isalpha() and len(code) in (2, 3):
            found.append((place, code))
    return found


def _area_text(page: ParsedPage) -> str:
    area = headline_area(page)
    return " ".join([area.text, *(p.text for p in area.pieces if p.distance > 0)])


def _by_text(text: str, declared: str | None) -> tuple[str | None, str]:
    """(language, what told it) where the text tells one; the declared one if the text does not exclude it."""
    letters = sum(map(str.isalpha, text[:SCRIPT_CHARS]))
    if letters < 10:
        return None, "script"
    script = _script(text[:SCRIPT_CHARS], letters)
    if script is None:
        return _by_words(text, "latin", declared), "function words"
    languages = _WRITTEN_IN[script]
    if declared in languages and not (script == "han" and declared == "ja"):
        return declared, "script"
    if script == "cyrillic":
        return _by_words(text, "cyrillic", None) or languages[0], "function words"
    if script == "arabic":
        return _of_arabic_letters(text[:SCRIPT_CHARS], letters), "script"
    return languages[0], "script"


def _of_arabic_letters(text: str, letters: int) -> str:
    """Urdu and Persian by letters that Arabic lacks; a few stand in Arabic texts too, in foreign names."""
    if len(_URDU.findall(text)) > letters / 100:
        return "ur"
    return "fa" if len(_PERSIAN.findall(text)) > letters / 50 else "ar"


def _script(text: str, letters: int) -> str | None:
    """The script most of the text is in; kana decide for Japanese even where they are few. None for Latin."""
    if len(text.encode("ascii", "ignore")) > (1 - SCRIPT_SHARE) * len(text):
        return None
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    han, kana = counts["han"], counts["kana"]
    if han + kana > SCRIPT_SHARE * letters:
        return "kana" if kana > 0.1 * (han + kana) else "han"
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > SCRIPT_SHARE * letters else None


def _by_words(text: str, script: str, declared: str | None) -> str | None:
    """The language whose commonest words the text uses most, if clearly more often than the declared one's; else `declared`."""
    words = _words(text.casefold())
    total = words.total()
    if total < MIN_WORDS:
        return declared
    index = _function_words(script)
    hits: Counter[str] = Counter()
    for word, times in words.items():
        for language in index.get(word, ()):
            hits[language] += times
    if not hits:
        return declared
    ((best, count),) = hits.most_common(1)
    known = declared is None or declared in _languages(script)
    # 12 % of running text are its language's ten commonest words; a wrong declaration finds almost none of its own
    if count >= 0.08 * total and (declared is None or (known and hits[declared] * 3 < count)):
        return best
    return declared


def _words(text: str) -> Counter[str]:
    """How often each run of letters is there: runs of letters and digits take half of the time to find, and few have to be parted."""
    words = Counter(_WORD.findall(text))
    for mixed in [word for word in words if not word.isalpha()]:
        times = words.pop(mixed)
        for letters in _LETTERS.findall(mixed):
            words[letters] += times
    return words


@lru_cache(maxsize=2)
def _languages(script: str) -> frozenset[str]:
    return frozenset(language for languages in _function_words(script).values() for language in languages)


@lru_cache(maxsize=2)
def _function_words(script: str) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for language, words in load_lexicon("function_words")[script].items():
        for word in words:
            index.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in index.items()}
