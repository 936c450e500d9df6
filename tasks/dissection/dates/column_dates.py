"""Dates that a table gives beside the page, with how they are to be read."""

import re
from collections.abc import Iterator

from tasks.dissection.about.language import find_language
from tasks.dissection.markup.outlet_zone import country_of_page
from tasks.dissection.markup.page_locale import Locale, locale_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.columns import first_told

_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})\b")


def column_dates(page: ParsedPage, body: str | None, field: str) -> Iterator[tuple[str, str, Locale]]:
    """(candidate, text, locale to read it in). A text declares no language: it tells itself whether the month comes first."""
    offers = list(first_told(page.columns, field))
    if not offers:
        return
    locale = locale_of(page)
    language = locale.language or find_language(page, body).value
    month_first = locale.month_first or (country_of_page(page) is None and language == "en")
    for source, text in offers:
        # RealNews writes 05-04-2024 for the 4 May: no newspaper prints the month first with dashes, so only columns are read so
        yield source, _DASHED.sub(r"\1/\2/\3", text) if month_first else text, Locale(language, month_first)
