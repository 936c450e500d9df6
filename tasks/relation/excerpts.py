"""Stories that have a passage of another: which has it from which, and one row for each page and story."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tasks.relation.addresses import address_of
from tasks.relation.alignment import covered
from tasks.relation.groups import Group
from tasks.relation.names import folded_name, host_name, is_same_outlet
from tasks.relation.origin import credited, party_of
from tasks.relation.verdicts import Verdict, sides
from warehouse.relating.deciding import KnownArticle

Row = dict[str, Any]
EXCERPT = {"canonical": 0.95, "credit": 0.95, "contained": 0.85, "published": 0.8, "observed": 0.6}
CONTAINED = 0.6  # of an article that is nothing but the passage
NEW_TO_PAGE = 0.5  # share of an excerpt that no earlier story has given the page yet


def excerpts(groups: Sequence[Group], found: Sequence[Verdict], brands: Mapping[str, str]) -> Iterator[Row]:
    """Of each article one row for each story that it has a passage of, unless an earlier one has given it the same passage."""
    home = {member.doc: group for group in groups for member in group.members}
    who = {member.doc: member for group in groups for member in group.members}
    taken: dict[int, list[tuple[Group, Verdict, str]]] = {}
    for verdict in found:
        if home[verdict.one] is not home[verdict.other]:
            copy, told = quoting(verdict, who, home, brands)
            source = verdict.other if copy == verdict.one else verdict.one
            taken.setdefault(copy, []).append((home[source], verdict, told))
    for doc, offers in sorted(taken.items()):
        spans: list[tuple[int, int]] = []
        for group, verdict, told in sorted(offers, key=lambda offer: (_order(offer[0]), -sides(offer[1], doc)[0])):
            own = list(verdict.one_spans if verdict.one == doc else verdict.other_spans)
            if covered([*spans, *own]) - covered(spans) < NEW_TO_PAGE * covered(own):
                continue
            spans += own
            yield _excerpt(who[doc], group, verdict, told)


def _excerpt(member: KnownArticle, group: Group, verdict: Verdict, told: str) -> Row:
    own, theirs = sides(verdict, member.doc)
    origin = group.origin
    return {
        "page_id": member.page_id, "origin_url": origin.url, "relation": "excerpt",
        "origin_page_id": origin.member.page_id if origin.member else None, "similarity": own, "origin_coverage": theirs,
        "confidence": EXCERPT[told], "evidence": [told], "story_id": None,
    }  # fmt: skip


def quoting(verdict: Verdict, who: Mapping[int, KnownArticle], home: Mapping[int, Group], brands: Mapping[str, str]) -> tuple[int, str]:
    """Which of two articles has the passage from the other, and what tells so."""
    one, other = who[verdict.one], who[verdict.other]
    for copy, source in ((one, other), (other, one)):
        site = address_of(source.url).site
        if copy.canonical_url and site and party_of(copy) != site and address_of(copy.canonical_url).site == site:
            return copy.doc, "canonical"
    for copy, source in ((one, other), (other, one)):
        called = [host_name(address_of(source.url).site), folded_name(brands.get(address_of(source.url).site, ""))]
        if party_of(copy) != party_of(source) and any(
            is_same_outlet(name, each) for name in credited(copy) for each in called if name and each
        ):
            return copy.doc, "credit"
    first, second = sorted((one, other), key=lambda member: _order(home[member.doc]))
    times = [_published(home[first.doc]), _published(home[second.doc])]
    if times[0] and times[1] and times[0].date() != times[1].date():
        return second.doc, "published"
    if max(verdict.one_share, verdict.other_share) >= CONTAINED > min(verdict.one_share, verdict.other_share):
        return (verdict.one if verdict.one_share > verdict.other_share else verdict.other), "contained"
    return second.doc, "published" if times[0] and times[1] and times[0] != times[1] else "observed"


def _published(group: Group) -> datetime | None:
    """Earliest publication that an article of it claims which is not disguised."""
    return min((member.published_at for member in group.members if member.published_at and not member.is_cloaked), default=None)


def _order(group: Group) -> tuple[Any, ...]:
    """Earlier stories first."""
    first = group.origin.member or group.members[0]
    return _published(group) or first.observed_at, first.observed_at, first.page_id
