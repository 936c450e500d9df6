"""How the page writes: its language, and whether the month comes first in 2/12/2024."""

import re
from dataclasses import dataclass

from tasks.dissection.markup.headings import head_title
from tasks.dissection.markup.outlet_zone import country_of_page
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page

# Countries whose newspapers print the month first with slashes (CLDR short date patterns M/d/y).
_KANA, _HANGUL, _HAN = (re.compile(r) for r in ("[\u3041-\u30fa]", "[\uac00-\ud7a3]", "[\u3400-\u9fff]{2}"))
MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "AS", "MH", "UM", "VI", "FM", "PW"})


@dataclass(frozen=True, slots=True)
class Locale:
    language: str | None  # ISO 639-1 as declared, not yet judged by the text
    month_first: bool


@once_per_page
def locale_of(page: ParsedPage) -> Locale:
    """Language and order of numeric dates, as declared."""
    return _in_language(page, _cjk_of_title(page) or declared_language(page))


def locale_in(page: ParsedPage, language: str | None) -> Locale:
    """The same of a page whose text has been found to be in `language`; None where nothing is known of it."""
    declared = locale_of(page)
    return declared if language in (None, declared.language) else _in_language(page, language)


def _in_language(page: ParsedPage, language: str | None) -> Locale:
    country = country_of_page(page)
    return Locale(language, country in MONTH_FIRST or (country is None and language == "en"))


def _cjk_of_title(page: ParsedPage) -> str | None:
    """zh, ja or ko where <title> is written so: Chinese sites copy lang="en" from templates, and years may have two digits."""
    title = head_title(page)
    if _KANA.search(title):
        return "ja"
    if _HANGUL.search(title):
        return "ko"
    return "zh" if _HAN.search(title) else None


def declared_language(page: ParsedPage) -> str | None:
    """The language part of <html lang>, of og:locale or of content-language, in lower case."""
    places = (page.tree.get("lang"), page.tree.get("xml:lang"), page.first_meta("og:locale"), page.first_meta("content-language"))
    for text in places:
        code = (text or "").strip().replace("_", "-").split("-")[0].split(",")[0].lower()
        if code.isalpha() and len(code) in (2, 3):
            return code
    return None
