"""Dates that readers are shown near the headline, and those that the story itself tells."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.dissection.dates.places import Surroundings
from tasks.dissection.dates.story_area import story_pieces
from tasks.dissection.markup.headline import NearText, headline_area
from tasks.dissection.markup.page_locale import Locale
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.date_labels import LABEL_CHARS, label_after, label_before
from tasks.dissection.words.dates import Moment, may_tell_date, moments_in
from tasks.dissection.words.partial_dates import PartialDay, partial_days_in
from tasks.dissection.words.text import squeeze, width

STORY_CHARS = 60  # a date line is shorter; a longer run that the body holds too is a paragraph of the story
SENTENCE_WIDTH = 120  # of a run of text around its date: without a label such a run is a sentence, a caption mostly
RUN_CHARS = 160  # longer runs are the story itself
MOST_SHOWN = 8  # dates of one page that are weighed, the likeliest first
OPENING_CHARS = 300  # of the body, where a story tells its day: "BERLIN, 3. März (Reuters)", "（新华社7月20日电）"
MOST_TOLD = 3
_OTHERS = {
    "event": "refused: the day of something that takes place",
    "today": "refused: the day on which the page is read",
    "comment": "refused: a comment's",
    "rights": "refused: of a copyright line",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A date as printed. `day` is set, and `moment` not, where the year is missing. `label` is a kind of date_labels.

    `is_apart`: nothing says what it dates, and it stands above the headline and outside of the article, as the day of the reader does.
    """

    text: str
    moment: Moment | None
    day: PartialDay | None
    label: str | None
    refusal: str | None
    is_apart: bool = False


def shown_dates(page: ParsedPage, locale: Locale, body: str | None) -> list[Shown]:
    """Dates near the headline: those that may be the article's first, among them those with a time of day, a label, and nearest first.

    What stands above the headline and outside of what holds the article comes last. Where there is no date near a headline, those
    right above and under the story.
    """
    area = headline_area(page)
    pieces = tuple(p for p in area.pieces if not (body and len(p.text) > STORY_CHARS and p.text[:STORY_CHARS] in body))
    around = Surroundings.of(area.heading)
    found = _shown(pieces, locale, around)
    if any(shown.refusal is None and not shown.is_apart for shown in found):
        return found
    apart = frozenset(piece.element for piece in pieces if piece.distance < 0 and around.is_apart(piece.element))
    begins, pieces = story_pieces(page, body)
    return [*_shown(pieces, locale, Surroundings.of(begins, apart)), *found][:MOST_SHOWN]


def _shown(pieces: tuple[NearText, ...], locale: Locale, around: Surroundings) -> list[Shown]:
    found: list[tuple[tuple[bool, bool, bool, bool, bool, int], Shown]] = []
    for line in _lines(pieces):
        for shown, piece, has_clock in _read(line, locale, around):
            is_afar = piece.distance < 0 and not around.is_beside(piece.element)
            rank = (shown.refusal is not None, shown.is_apart, not has_clock, shown.label is None, is_afar, abs(piece.distance))
            found.append((rank, shown))
    found.sort(key=lambda item: item[0])
    return [shown for _, shown in found[:MOST_SHOWN]]


def told_dates(body: str | None, locale: Locale) -> list[Shown]:
    """Days that the story tells in its opening, with or without their year."""
    opening = (body or "")[:OPENING_CHARS]
    whole = list(moments_in(opening, lang=locale.language, month_first=locale.month_first))
    found = [Shown(_printed(opening, m), m, None, None, None) for m in whole]
    for day in partial_days_in(opening, lang=locale.language, month_first=locale.month_first, numeric=False):
        if not _inside(day, whole):
            found.append(Shown(_printed(opening, day), None, day, None, None))
    return found[:MOST_TOLD]


@dataclass(frozen=True, slots=True)
class _Line:
    """Pieces of text joined in page order: a date is often spread over several elements."""

    text: str
    starts: tuple[int, ...]
    pieces: tuple[NearText, ...]

    def piece_at(self, offset: int) -> NearText:
        return self.pieces[bisect_right(self.starts, offset) - 1]


def _lines(pieces: tuple[NearText, ...]) -> Iterator[_Line]:
    """Runs of short pieces, not across the headline; those without a number tell nothing."""
    group: list[NearText] = []
    for piece in pieces:
        is_long = len(piece.text) > RUN_CHARS
        if group and (is_long or (group[0].distance < 0) != (piece.distance < 0)):
            yield from _joined(group)
            group = []
        if not is_long:
            group.append(piece)
    yield from _joined(group)


def _joined(group: list[NearText]) -> Iterator[_Line]:
    if not any(may_tell_date(piece.text) for piece in group):
        return
    starts, offset = [], 0
    for piece in group:
        starts.append(offset)
        offset += len(piece.text) + 1
    yield _Line(" ".join(p.text for p in group), tuple(starts), tuple(group))


def _read(line: _Line, locale: Locale, around: Surroundings) -> Iterator[tuple[Shown, NearText, bool]]:
    """Every date of a line with the piece it stands in and whether a time of day is printed; labels are used once."""
    whole = list(moments_in(line.text, lang=locale.language, month_first=locale.month_first))
    partial = partial_days_in(line.text, lang=locale.language, month_first=locale.month_first, numeric=True)
    parts = [day for day in partial if not _inside(day, whole)]
    dates: list[Moment | PartialDay] = sorted([*whole, *parts], key=lambda d: d.start)
    # 10:00 公開 2024年5月4日 11:30 更新: where nothing introduces the first date and a word follows the last, words follow
    is_behind = bool(dates) and label_before(line.text, dates[0].start) is None and label_after(line.text, dates[-1].end)[0] is not None
    floor = 0
    for date in dates:
        label = None if is_behind else label_before(line.text, date.start, floor)
        floor = date.end
        if label is None:
            label, floor = label_after(line.text, date.end, is_last=is_behind)
        has_clock = date.has_clock if isinstance(date, Moment) else date.clock is not None
        if isinstance(date, PartialDay) and not has_clock and label not in ("published", "modified"):
            continue  # 3-2 is a score and 1/14 a page
        piece = line.piece_at(date.start)
        refusal = _refusal(piece, label, date.end - date.start, around)
        moment, day = (date, None) if isinstance(date, Moment) else (None, date)
        is_apart = piece.distance < 0 and label is None and around.is_apart(piece.element)
        yield Shown(_printed(line.text, date), moment, day, label, refusal, is_apart), piece, has_clock


def _refusal(piece: NearText, label: str | None, chars: int, around: Surroundings) -> str | None:
    """Why a date is not the article's: by its label, by the sentence it stands in, by the place of its element."""
    is_above = piece.distance < 0
    if label in _OTHERS and (label != "today" or is_above):
        return _OTHERS[label]
    if label is None and width(piece.text) - chars > SENTENCE_WIDTH:
        return "refused: it stands in a sentence"
    reason = around.refusal_of(piece.element, is_above=is_above)
    return f"refused: {reason}" if reason else None


def _inside(day: PartialDay, whole: list[Moment]) -> bool:
    return any(m.start < day.end and day.start < m.end for m in whole)


def _printed(text: str, date: Moment | PartialDay) -> str:
    return squeeze(text[max(0, date.start - LABEL_CHARS) : date.end])
