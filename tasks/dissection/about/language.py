"""The language of the article: what the page declares, overruled where the text itself says otherwise."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tasks.dissection.about.scripts import languages_of, script_of
from tasks.dissection.findings import Candidate, Finding, Found
from tasks.dissection.markup.declared import first_text
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.columns import first_told
from tasks.dissection.words.lexicon import load_lexicon

SAMPLE_CHARS = 3000
SCRIPT_CHARS = 800  # enough to tell a script, and a quarter of the time
MIN_WORDS = 40  # fewer tell nothing about function words
LEAST_TELLING = 6  # words of one language that its neighbour writes otherwise: av and af
LEAST_LETTERS = 10
_WORD, _LETTERS = re.compile(r"\w+"), re.compile(r"[^\W\d_]+")
_COMBINED = re.compile("[\u0900-\u0dff]")  # scripts whose vowel signs are no letters to \w
_MARKS_OF_SENTENCES = {ord(mark): " " for mark in "।॥.,;:!?()'\"“”‘’-–—|"}
# Codes that were replaced, and macro-languages by the member that newspapers write (ISO 639-1).
_RENAMED = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "no": "nb", "cn": "zh", "jp": "ja", "kr": "ko", "gr": "el", "cz": "cs",
    "dk": "da", "ua": "uk", "zho": "zh", "eng": "en", "deu": "de", "fra": "fr", "spa": "es",
}  # fmt: skip


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
    sample = text[:SCRIPT_CHARS]
    letters = sum(map(str.isalpha, sample))
    if letters < LEAST_LETTERS:
        return None, "script"
    script = script_of(sample, letters)
    if script is None:
        return _by_words(text, "latin", declared), "function words"
    possible = languages_of(script, sample, letters)
    if declared not in possible or (script == "han" and declared == "ja"):
        declared = None
    if script in ("cyrillic", "devanagari"):
        return _by_words(text, script, declared, possible) or possible[0], "function words"
    return declared or possible[0], "script"


def _by_words(text: str, script: str, declared: str | None, possible: Sequence[str] = ()) -> str | None:
    """The language whose commonest words the text uses most, if clearly more often than the declared one's; else `declared`."""
    words = _words(text.casefold())
    total = words.total()
    if total < MIN_WORDS:
        return declared
    index = _function_words(script)
    hits: Counter[str] = Counter()
    for word, times in words.items():
        for language in index.get(word, ()):
            if language in possible or not possible:
                hits[language] += times
    if not hits:
        return declared
    ((best, count),) = hits.most_common(1)
    # 12 % of running text are its language's ten commonest words; a wrong declaration finds almost none of its own
    if count < 0.08 * total:
        return declared
    if declared is None:
        return best
    if declared not in _languages(script):
        return declared
    own = sum(times for word, times in words.items() if declared in index.get(word, ()) and best not in index[word])
    others = sum(times for word, times in words.items() if best in index.get(word, ()) and declared not in index[word])
    is_excluded = hits[declared] * 3 < count or (others >= LEAST_TELLING and own * 4 < others)
    return best if is_excluded else declared


def _words(text: str) -> Counter[str]:
    """How often each run of letters is there: runs of letters and digits take half of the time to find, and few have to be parted."""
    if not text.isascii() and _COMBINED.search(text):
        return Counter(text.translate(_MARKS_OF_SENTENCES).split())
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
