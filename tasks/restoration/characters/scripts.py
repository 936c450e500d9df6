"""Simplified and Traditional characters: what they convert to, and which of them a text is written in."""

import re
from functools import cache, lru_cache

from opencc import OpenCC

from tasks.restoration.characters.model import START, character_model

# Characters that one Traditional form stands for and that OpenCC decides by phrase alone: mirrors write 着 as 著 throughout.
_TWO_ORIGINS = {"著": "着"}
_SURROGATES = re.compile("([\ud800-\udfff]+)")  # broken text may hold them, and OpenCC takes none
CONTEXT = 2  # characters on either side that the model is asked about


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _converted(text: str, how: str = "t2s") -> str:
    """One run of text; surrogates as they are."""
    return text if _SURROGATES.match(text) else str(_converter(how).convert(text))


@lru_cache(maxsize=1 << 15)
def simplified(char: str) -> str:
    """One character in Simplified form, whatever stands around it."""
    return _converted(char)


def is_traditional(char: str) -> bool:
    """Whether a mirror's table may have made it from another character."""
    return char in _TWO_ORIGINS or simplified(char) != char


def to_simplified(text: str) -> str:
    """Text in Simplified characters by OpenCC's phrases; as many characters as before."""
    converted = "".join(map(_converted, _SURROGATES.split(text))) if _SURROGATES.search(text) else _converted(text)
    if len(converted) != len(text):  # a phrase of another length would shift every offset behind it
        converted = "".join(form if len(form := simplified(char)) == 1 else char for char in text)
    return converted


def with_origins(text: str) -> str:
    """Simplified text in which characters with two origins are those that fit what stands around them."""
    if not any(char in text for char in _TWO_ORIGINS):
        return text
    chars = list(text)
    for at, char in enumerate(chars):
        if other := _TWO_ORIGINS.get(char):
            before, after = "".join(chars[max(0, at - CONTEXT) : at]), "".join(chars[at + 1 : at + 1 + CONTEXT])
            before = (START * CONTEXT + before)[-CONTEXT:].replace(char, other)
            model = character_model()
            if model.cost_of(other + after, before) < model.cost_of(char + after, before):
                chars[at] = other
    return "".join(chars)


# Simplified characters that are Traditional ones too: a one-to-one table has no need to change them. The first 17 as
# measured on mirrors; the others by general knowledge of characters that were merged.
_BOTH = frozenset(
    "于愿并采系借云吁布松后蔑里么范只面干斗谷几台丑出制姜胡卷准咸向回困伙克冬划别占卜合同听价余御征志折挽据曲朱杯杰栗梁沈注涂漓潘灶烟秋"
)


@lru_cache(maxsize=1 << 15)
def is_simplified_only(char: str) -> bool:
    """Whether a text in Traditional characters cannot hold it."""
    return traditional(char) != char and char not in _BOTH


def script_of(text: str) -> str | None:
    """Hans, Hant or mixed (ISO 15924) by the characters that differ between the scripts; None where too few do."""
    hans = hant = 0
    for char in set(text):
        if "\u4e00" <= char <= "\u9fff":
            hant += simplified(char) != char
            hans += traditional(char) != char
    if hans + hant < 3:
        return None
    share = hant / (hans + hant)
    return "Hant" if share > 0.9 else "Hans" if share < 0.1 else "mixed"


@lru_cache(maxsize=1 << 15)
def traditional(char: str) -> str:
    """One character in Traditional form, whatever stands around it."""
    return _converted(char, "s2t")
