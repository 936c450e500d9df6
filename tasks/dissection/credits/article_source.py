"""The outlet that an article came from, as the page prints it: 来源：江河报, Quelle: dpa, By Ann Lee | River Times, mit AFP."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from tasks.dissection.credits.datelines import sign_off
from tasks.dissection.credits.republished import republished
from tasks.dissection.credits.source_names import NamedSource, clean_source
from tasks.dissection.credits.source_places import attributed, beside_author, beside_date, is_medium, marked
from tasks.dissection.credits.story_lines import StoryLine, is_at_picture
from tasks.dissection.findings import Credit
from tasks.dissection.markup.headline import NearText, headline_area
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.text_runs import RUN
from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.roles import roles_in
from tasks.dissection.words.text import CJK, headline_key, squeeze

NEAR = 14  # pieces after the headline: date, byline and share buttons
LINE_CHARS = 200
ENDS, TAILS = 2, 5  # last lines of the story, and lines under it, that may sign it
UNDER = 3  # of them that may keep rights: a footer is further down
META = ("source", "contentsource", "article:source", "og:article:source", "dc.source", "dcterms.source", "mediaid", "newssource")
ACCOUNT_CHARS = 24
_INVITES = re.compile(r"[关注扫搜添加我们本此]|\s")  # "follow our account" names none
_DESK = re.compile(r"[a-zäöüß]{2,4}")
_LETTERS = re.compile(r"[^\W\d_]")
# © 2024 River Times Syndicate. Distributed by …; Copyright: River Times, 2024
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\))(?:\s?(?:©|\(c\)))?[\s:]*(?:(?:19|20)\d\d,?\s+)?(?:by\s+)?(?P<name>[^\W\d_][^,.;|©\d]{1,40}?)"
    r"(?:,?\s+(?:19|20)\d\d)?(?:\s*[.,;|]|$)",
    re.IGNORECASE,
)


def printed_sources(
    page: ParsedPage, lines: Sequence[StoryLine], pieces: Sequence[NearText], outlet: Outlet, authors: Sequence[Credit]
) -> Iterator[NamedSource]:
    """Most certain first; where one is labelled, no others. To be read no further than needed."""
    labelled = list(_labelled(lines))
    yield from labelled
    if labelled:
        return
    after = [piece for piece in pieces if 0 < piece.distance <= NEAR]
    people = {headline_key(credit.name) for credit in authors}
    beside = chain(
        marked(after), _beside_names(authors), beside_author(after, outlet, people), beside_date(after, outlet), _declared(page, pieces)
    )
    signed = chain(_signed(lines, after, outlet), republished(lines, outlet), _owned(lines, outlet))
    for found in chain(beside, signed, attributed(page, after), _accounts(page, lines)):
        if headline_key(found.name) not in people or found.rule == "byline":
            yield found


def _beside_names(authors: Sequence[Credit]) -> Iterator[NamedSource]:
    """The medium in a byline of two credits: 林小河/江河青年报."""
    for credit in authors:
        for part in re.split(r"\s*[/／|｜]\s*", credit.as_printed):
            if CJK.search(part) and part != credit.name and is_medium(part) and (name := clean_source(part)):
                yield NamedSource("affiliation", name, credit.as_printed)


def _labelled(lines: Sequence[StoryLine]) -> Iterator[NamedSource]:
    """Role words for a source above and under the story; in it they belong to charts and tables, in brackets to pictures."""
    for index, line in enumerate(lines):
        if line.place not in ("head", "tail") or len(line.text) > LINE_CHARS:
            continue
        for said in roles_in(line.text):
            before = line.text[: said.start].rstrip()
            if "source" not in said.roles or (before.endswith(("（", "(", "[", "【")) and _LETTERS.search(before)):
                continue
            value = said.value
            if not value and index + 1 < len(lines) and CJK.search(said.printed):
                value = lines[index + 1].text
            if name := clean_source(value):
                yield NamedSource("labelled", name, said.printed.replace(RUN, " ")[:LINE_CHARS])


def _declared(page: ParsedPage, pieces: Sequence[NearText]) -> Iterator[NamedSource]:
    """What <meta> names, where readers see it too: systems put the outlet's own motto there."""
    if page.meta.keys().isdisjoint(META):
        return
    shown = [headline_key(piece.text) for piece in pieces if piece.distance > 0 and len(piece.text) <= 120]
    for key in META:
        for value in page.meta.get(key, ())[:1]:
            said = roles_in(value)
            name = clean_source(stated := said[0].value if said else value)
            if name and len(name) >= len(stated.strip()) - 1 and any(headline_key(name) in text for text in shown):
                yield NamedSource(f"meta:{key}", name, value)


def _accounts(page: ParsedPage, lines: Sequence[StoryLine]) -> Iterator[NamedSource]:
    """江河观察微信公号: the name of an account and what kind it is, near the story, or linked and named in the headline."""
    kinds = tuple(words_of("sources", "account"))
    if not CJK.search(headline_area(page).text):
        return
    headline = headline_area(page).text
    near = ((line.text.rsplit(RUN, 1)[-1], True) for line in lines if line.place in ("head", "tail"))
    links = ((squeeze(link.text), False) for link in page.tree.iter("a") if link.text)
    for text, is_near in chain(near, links):
        if len(text) > ACCOUNT_CHARS or not text.endswith(kinds):
            continue
        name = clean_source(text.removesuffix(max((kind for kind in kinds if text.endswith(kind)), key=len)))
        if name and not _INVITES.search(name) and (is_near or name in headline):
            yield NamedSource("account", name, text)


def _signed(lines: Sequence[StoryLine], after: Sequence[NearText], outlet: Outlet) -> Iterator[NamedSource]:
    """A line of agencies and the outlet only, or the outlet and another: Tageblatt / El Río."""
    ends = [line.plain for line in [line for line in lines if line.place == "body"][-ENDS:]]
    tails = [line.plain for line in [line for line in lines if line.place == "tail"][:TAILS]]
    heads = [piece.text for piece in after if len(piece.text) <= 80 and not is_at_picture(piece.element)]
    for text in (*ends, *tails, *heads):
        if sign_off(text, outlet) is not None:
            yield NamedSource("signed", _without_small_words(text), text)
        elif len(text) <= 60 and text in (*ends, *tails) and (parts := re.split(r"\s+/\s+", text))[1:]:
            other = parts[1] if outlet.is_named(parts[0]) else ""
            if len(parts) == 2 and other[:1].isupper() and len(other.split()) <= 4 and (name := clean_source(other)):
                yield NamedSource("signed", name, text)


def _owned(lines: Sequence[StoryLine], outlet: Outlet) -> Iterator[NamedSource]:
    """Whose the text is, where a line at the end keeps the rights for an agency or another medium; footers keep the outlet's."""
    ends = [line.plain for line in lines if line.place == "body"][-ENDS:] + [line.plain for line in lines if line.place == "tail"][:UNDER]
    for said in filter(None, map(_RIGHTS.search, ends)):
        name = agency_named(said["name"]) or clean_source(said["name"].removeprefix("The "))
        if name and not outlet.is_named(name) and not outlet.starts(name) and (agency_named(name) or is_medium(name)):
            yield NamedSource("rights", name, said[0])


def _without_small_words(text: str) -> str:
    """mit Material von dpa -> dpa; red, Tageblatt/ Agenturen -> Tageblatt/Agenturen; Tageblatt/dpa/lee -> Tageblatt/dpa."""
    small = words_of("sources", "with")
    words = squeeze(text).strip(" ()（）[]©.").replace("/ ", "/").split(" ")
    while len(words) > 1 and words[0].casefold().strip(",") in _parts_of(small):
        words = words[1:]
    return _without_initials(" ".join(words))


def _without_initials(names: str) -> str:
    """Without those of a desk beside an agency: lee/dpa -> dpa, Tageblatt/dpa/lee -> Tageblatt/dpa."""
    parts = names.split("/")
    kept = [part for part in parts if agency_named(part) or not _DESK.fullmatch(part.strip())]
    return "/".join(kept) if any(map(agency_named, kept)) else names


def _parts_of(phrases: frozenset[str]) -> set[str]:
    return {part for phrase in phrases for part in phrase.split()}
