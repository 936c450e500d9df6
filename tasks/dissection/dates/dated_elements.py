"""Elements that tell a date in markup: <time>, microdata and microformats, moments in attributes."""

import re
from collections.abc import Iterator
from datetime import UTC
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from tasks.dissection.dates.dated import Dated, read_dated
from tasks.dissection.dates.places import Surroundings
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.markup.headline import headline_area, story_of
from tasks.dissection.markup.page_locale import Locale
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.date_labels import LABEL_CHARS, label_before
from tasks.dissection.words.dates import Moment, may_tell_date, read_moment
from tasks.dissection.words.text import squeeze, width
from tasks.dissection.words.zones import zone_info

MOST_TIMES = 8  # elements that are the article's; more of them are the entries of a live page
_MARKS = ("datepublished", "datemodified", "datecreated")
# Microdata and microformats (hAtom, h-entry), and what scripts that print "3 hours ago" are given.
_DATA = ("timestamp", "time", "date", "datetime", "published", "publish-date", "pubdate", "utc", "unixtime", "epoch", "ts", "time-ms")
_NAMES = ("publish", "pubdate", "updated", "dt-")
_TELLING = etree.XPath(
    f".//*[contains(@itemprop,'date') or {' or '.join(f'@data-{name}' for name in _DATA)} or ((@title or @content or @datetime) and"
    f" ({' or '.join(f'contains(@class,{name!r})' for name in _NAMES)}))][not(self::time or self::meta or self::body or self::html)]"
)
_NAMED = re.compile(r"date|time|publish|updated|(?:^|\s)dt-")
_VALUES = ("content", "datetime", *(f"data-{name}" for name in _DATA), "title")
_MOMENT = re.compile(r"\s*(?:\d{10}(?:\d{3})?|\d{4}-?\d\d-?\d\d.{0,25}|[^\d]{0,12}\d.{6,30})\s*")
MOST_TELLING = 60
WRAPPERS = 2  # elements around one that may hold its label
SHOWN_WIDTH = 80  # of the text in an element that dates something: longer ones hold what they date


def dated_elements(page: ParsedPage, locale: Locale, told: Moment | None, *, is_settled: bool) -> Iterator[tuple[Dated, bool]]:
    """(date, whether it is of a change) of elements that are the article's: near the headline, marked as its date, or telling with an
    offset what machines are `told` in UTC. Others belong to listings and comments. `is_settled`: attributes are not asked, since that
    takes longer, and machines have been told the minute elsewhere."""
    found = [(element, "time", squeeze(element.get("datetime")) or text_of(element)) for element in page.tree.iter("time")]
    if is_settled and not found:
        return
    area = headline_area(page)
    found += () if is_settled else _telling(page.tree if area.heading is None else story_of(area.heading))
    around = Surroundings.of(area.heading)
    near = {piece.element: piece.distance for piece in area.pieces}
    count = 0
    for element, source, text in found:
        distance = next((near[e] for e in _beside(element, source) if e in near), None)
        prop = (element.get("itemprop") or "").lower()
        is_known = distance is not None or prop in _MARKS or element.get("pubdate") is not None
        if not (is_known or told):
            continue
        dated = read_dated(source, text, locale)
        if dated.moment is None or not (is_known or _is_twin(dated.moment, told)):
            continue
        is_above = distance is not None and distance < 0
        if _in_listing(element) or around.refusal_of(element, is_above=is_above) or (is_above and around.is_apart(element)):
            continue
        yield dated, _is_change(element, prop)
        if (count := count + 1) == MOST_TIMES:
            return


def _telling(story: HtmlElement) -> Iterator[tuple[HtmlElement, str, str]]:
    """(element, source, value) of elements whose attributes tell a moment and that hold little else."""
    for element in elements_found(_TELLING, story)[:MOST_TELLING]:
        for name in _VALUES:
            value = element.get(name) or ""
            if _MOMENT.fullmatch(value) and read_moment(value) and _dates_something(element):
                yield element, f"attribute:{name}", squeeze(value)
                break


def _dates_something(element: HtmlElement) -> bool:
    """Whether it is named as a date or shows one, and holds little else: a product has its day of release in data-date."""
    shown = text_of(element)
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    return width(shown) <= SHOWN_WIDTH and (not shown or _NAMED.search(names) is not None or may_tell_date(shown))


def _beside(element: HtmlElement, source: str) -> Iterator[HtmlElement]:
    """The elements in which its text stands; of one that a script fills, the one around it."""
    yield from element.iter()
    parent = element.getparent()
    if source != "time" and parent is not None and not text_of(element):
        yield parent


def _is_twin(moment: Moment, told: Moment | None) -> bool:
    """Whether an element anywhere tells with an offset what machines are told as UTC: the instant, or its clock, so that one is wrong."""
    if told is None or moment.zone is None:
        return False
    instant = moment.local.replace(tzinfo=zone_info(moment.zone)).astimezone(UTC).replace(tzinfo=None)
    return told.local.replace(second=0) in (moment.local.replace(second=0), instant.replace(second=0))


def _is_change(element: HtmlElement, prop: str) -> bool:
    """By its property, its class, or the words before and in it. A class of both (published updated) is of publication."""
    names = f"{prop} {element.get('class') or ''}".lower()
    if "publish" in names or prop == "datecreated":
        return False
    label = f"{_text_before(element)} {text_of(_with_label(element))}"[:LABEL_CHARS]
    return "modif" in names or "update" in names or label_before(label, len(label)) == "modified"


def _with_label(element: HtmlElement) -> HtmlElement:
    """It, or what is around it and its label: <div><span>Last updated:</span> <time>."""
    outermost, shown = element, width(text_of(element))
    for ancestor in islice(element.iterancestors(), WRAPPERS):
        if width(text_of(ancestor)) > shown + LABEL_CHARS or len(ancestor.findall(".//time")) > 1:
            break
        outermost = ancestor
    return outermost


def _text_before(element: HtmlElement) -> str:
    """The run of text right before an element inside the same parent."""
    previous, parent = element.getprevious(), element.getparent()
    return squeeze(previous.tail if previous is not None else parent.text if parent is not None else "")


def _in_listing(element: HtmlElement) -> bool:
    """Whether it dates another story: inside furniture, or inside a link or list entry that holds a headline as well."""
    shown = width(text_of(element))
    for ancestor in element.iterancestors():
        if ancestor.tag in ("aside", "footer", "nav"):
            return True
        if ancestor.tag in ("a", "li") and width(text_of(ancestor)) > shown + LABEL_CHARS:
            return True
    return False
