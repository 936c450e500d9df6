"""One place on a page and the date that it states."""

from dataclasses import dataclass

from tasks.dissection.markup.page_locale import Locale
from tasks.dissection.words.dates import Moment, read_moment, states_impossible_date
from tasks.dissection.words.partial_dates import PartialDay


@dataclass(frozen=True, slots=True)
class Dated:
    """One place and what it says. Without `moment` it is no date anyone could mean, or `day` is one without a year."""

    source: str
    text: str
    moment: Moment | None
    refusal: str | None = None
    day: PartialDay | None = None
    is_apart: bool = False  # it may be the day of the reader
    is_stated: bool = True  # the place says that it is a date of the article: an impossible one is a fault of the page


def read_dated(source: str, text: str, locale: Locale) -> Dated:
    """What a place says that states dates and nothing else."""
    moment = read_moment(text, lang=locale.language, month_first=locale.month_first)
    if moment is None and states_impossible_date(text):
        return Dated(source, text, None, "refused: no such day, or a year no newspaper can mean")
    return Dated(source, text, moment, None if moment else "refused: not a date", is_stated=moment is not None)
