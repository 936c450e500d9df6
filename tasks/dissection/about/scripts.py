"""In which script a text is written, and which languages its letters allow."""

import re
from collections.abc import Sequence

# A language is told by its letters from this share of the sample on: Latin names and numbers stand in every text.
SCRIPT_SHARE = 0.3
FOREIGN_SHARE = 0.004  # of letters that a language lacks: more than a name or a quotation brings in
MUST_HAVE = 200  # letters in which each language writes those that it writes most and its neighbours never
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
# Letters that only these languages of their script write. Source: the alphabets (CLDR exemplar characters).
_ONLY: dict[str, tuple[str, ...]] = {
    "ї": ("uk",), "і": ("uk", "be", "kk"), "є": ("uk",), "ґ": ("uk", "be"), "ў": ("be", "uz"), "ђћ": ("sr", "bs"),
    "јљњџ": ("sr", "mk", "bs"), "ѓќѕ": ("mk",), "эыё": ("ru", "be", "kk", "ky", "mn", "tt", "tg", "uz"), "әһ": ("kk", "tt"),
    "ғқ": ("kk", "tg", "uz"), "өү": ("kk", "ky", "mn", "tt"), "ң": ("kk", "ky", "tt"), "ұ": ("kk",), "ӣӯҷ": ("tg",), "ҳ": ("tg", "uz"),
    "ٹڈڑے": ("ur", "sd", "ps"), "پچژگکی": ("fa", "ur", "ps", "ckb", "ku", "ug", "sd"), "ৰৱ": ("as",),
}  # fmt: skip
# What a text of MUST_HAVE letters in the language never lacks: one of these.
_ALWAYS = {
    "ru": "ыэ", "uk": "іїє", "be": "ўы", "bg": "ъ", "mk": "ј", "sr": "ј", "kk": "әғқңөұү", "ky": "өүң", "mn": "өү", "tg": "ӣӯҷҳқғ",
    "fa": "پچگژ", "ur": "ٹڈڑےں", "as": "ৰৱ",
}  # fmt: skip


def script_of(text: str, letters: int) -> str | None:
    """The script most of the text is in; kana decide for Japanese even where they are few. None for Latin."""
    if len(text.encode("ascii", "ignore")) > (1 - SCRIPT_SHARE) * len(text):
        return None
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    han, kana = counts["han"], counts["kana"]
    if han + kana > SCRIPT_SHARE * letters:
        return "kana" if kana > 0.1 * (han + kana) else "han"
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > SCRIPT_SHARE * letters else None


def languages_of(script: str, text: str, letters: int) -> Sequence[str]:
    """Languages of a script that the letters of `text` do not exclude, the commonest first; all of them where none is left."""
    text = text.lower()
    languages = _WRITTEN_IN[script]
    for marks, writers in _ONLY.items():
        if languages[0] in writers or not set(writers).isdisjoint(languages):
            count = sum(map(text.count, marks))
            if count >= 2 and count > FOREIGN_SHARE * letters:
                languages = tuple(language for language in languages if language in writers) or languages
    lacking = [lang for lang in languages if lang in _ALWAYS and letters >= MUST_HAVE and not any(map(text.count, _ALWAYS[lang]))]
    return tuple(language for language in languages if language not in lacking) or languages
