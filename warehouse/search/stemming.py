"""Words by their stems, so that elections finds election: Snowball's algorithms, asked when a word is indexed and never later."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from os.path import commonprefix
from string import ascii_lowercase

import polars as pl
import Stemmer

LANGUAGES = {  # ISO 639 -> Snowball
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish",
}  # fmt: skip
MOST_BASES, MOST_LETTERS, MOST_PAIRS = 100, 30, 60  # of a language: some ten thousand words to ask its stemmer for
MOST_CHANGED = 3  # letters
SHORT_I = re.compile("(?<=[ыоеи])и$")  # й, whose mark is folded away: Snowball's Russian endings have it


def stem_words(words: pl.DataFrame) -> pl.DataFrame:
    """In: `term`, folded, and `lang`, one of LANGUAGES. Out: `term`, `stem`, `lang`, sorted; the stems among the terms, so that a form
    which no text has is known by what it begins with. Under a microsecond each."""
    parts = [
        part.select("term", pl.Series("stem", _stems(part.get_column("term").to_list(), lang), dtype=pl.String), "lang")
        for (lang,), part in words.group_by("lang", maintain_order=True)
    ]
    forms = pl.concat(parts)
    return pl.concat([forms, forms.select(pl.col("stem").alias("term"), "stem", "lang")]).unique().sort("term", "lang", "stem")


def stem_endings(words: pl.DataFrame) -> pl.DataFrame:
    """In: as for stem_words. Out: `lang`, `ending`, `becomes`: the short endings that a language's stemmer replaces by others. Where it
    takes one away the beginning of the word is left, which is found without; that ferry becomes ferri nobody can tell who has no
    stemmer. Learned from what it makes of beginnings of these words with letters and ends of others behind them: 20 ms a language."""
    rows = [
        (lang, *changed)
        for (lang,), part in words.group_by("lang", maintain_order=True)
        for changed in sorted(set(_changes(part.get_column("term").to_list(), lang)))
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("lang", "ending", "becomes"), pl.String), orient="row")


def _changes(words: list[str], lang: object) -> Iterator[tuple[str, str]]:
    """`words`: sorted. Of a language's words, and not of all letters that stand in its texts: names bring those of every alphabet."""
    beginnings = sorted({word[:length] for word in words for length in (3, 4, 5, 6) if len(word) >= length})
    bases = beginnings[:: -(-len(beginnings) // MOST_BASES)]
    letters = [letter for letter, _ in Counter(chain.from_iterable(words)).most_common(MOST_LETTERS)]
    pairs = [pair for pair, _ in Counter(word[-2:] for word in words).most_common(MOST_PAIRS)]
    endings = sorted({*letters, *pairs, *(ascii_lowercase if words[0].isascii() else "")})
    probes = [base + ending for base in bases for ending in endings]
    for probe, stem in zip(probes, _stems(probes, lang), strict=True):
        kept = len(commonprefix((probe, stem)))  # noqa: RUF071 - it is letters that are compared
        if len(stem) > kept > 1 and len(probe) - kept <= MOST_CHANGED:
            yield probe[kept:], stem[kept:]


def _stems(words: list[str], lang: object) -> list[str]:
    """Raises KeyError for a language that is not in LANGUAGES."""
    stemmer = Stemmer.Stemmer(LANGUAGES[str(lang)])
    return list(stemmer.stemWords([SHORT_I.sub("й", word) for word in words]))
