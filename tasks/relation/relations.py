"""The rows of core.copies and core.stories that a few connected articles give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tasks.relation.addresses import address_of, is_same_path
from tasks.relation.excerpts import excerpts
from tasks.relation.groups import Group, groups_of
from tasks.relation.names import folded_name, host_name, is_same_outlet
from tasks.relation.origin import Origin, origin_of, owner_of
from tasks.relation.verdicts import Verdict, sides, verdicts
from warehouse.relating.deciding import EITHER, KnownArticle, Shared

Row = dict[str, Any]
Beside = Mapping[int, Mapping[int, Verdict]]  # by the number of an article, and of one that it was compared with
SURE = {"revision": 0.99, "cloaked_mirror": 0.99, "mirror": 0.97, "syndication": 0.95, "scraped": 0.7}
THROUGH = 0.95  # of the confidence, where the copy was compared with another copy and not with the origin
NO_ADDRESS = 0.5  # the same, where a page has no host: whose it is cannot be told


def rows_of(
    members: Sequence[KnownArticle],
    shared: Sequence[Shared],
    brands: Mapping[str, str],
    captured: Mapping[str, tuple[str, str, bool]],
    run_id: str,
) -> tuple[list[Row], list[Row]]:
    """Copies and stories of these articles. `captured`: pages of the warehouse that addresses of origins lead to."""
    keys = {member.doc: member.key for member in members}
    sites = {member.doc: address_of(member.url).site for member in members}
    found = verdicts(shared, keys, sites)
    groups = [Group(group, origin_of(group, brands)) for group in groups_of(members, found)]
    beside: dict[int, dict[int, Verdict]] = {member.doc: {} for member in members}
    for each in found:
        beside[each.one][each.other] = beside[each.other][each.one] = each
    copies = [row for group in groups for row in _copies_in(group, beside, captured)]
    copies += excerpts(groups, found, brands)
    return [row | {"run_id": run_id} for row in copies], [_story(group) | {"run_id": run_id} for group in groups if group.is_story]


def addresses_asked(members: Sequence[KnownArticle]) -> list[str]:
    """Addresses that these point to as their origin, to look them up in the warehouse."""
    return sorted({owner for member in members if (owner := owner_of(member)) is not None})


def _copies_in(group: Group, beside: Beside, captured: Mapping[str, tuple[str, str, bool]]) -> Iterator[Row]:
    origin = group.origin
    there = captured.get(origin.url) if origin.member is None else None
    if there is not None and there[2] and all(member.has_prints for member in group.members):
        return  # the page that the path leads to is here, and tells something else
    for member in group.members:
        if member is origin.member or (not group.is_story and origin.member is not None):
            continue
        relation, told = relation_of(member, origin, _verdict(member, origin, beside))
        own, theirs, way = _likeness(member, group, beside)
        sure = SURE[relation] * origin.confidence if relation != "revision" else SURE[relation]
        sure *= (THROUGH if way else 1.0) * (1.0 if address_of(member.url).site and origin.site else NO_ADDRESS)
        yield {
            "page_id": member.page_id, "origin_url": there[1] if there else origin.url, "relation": relation,
            "origin_page_id": origin.member.page_id if origin.member else there[0] if there else None, "similarity": own,
            "origin_coverage": theirs, "confidence": round(sure, 3), "evidence": [told, *origin.evidence, *way],
            "story_id": group.story_id if group.is_story else None,
        }  # fmt: skip


def _verdict(member: KnownArticle, origin: Origin, beside: Beside) -> Verdict | None:
    return beside[member.doc].get(origin.member.doc) if origin.member else None


def relation_of(member: KnownArticle, origin: Origin, verdict: Verdict | None) -> tuple[str, str]:
    """What a copy is to its origin, and what tells so. `verdict`: of the two, where they were compared."""
    own, theirs = address_of(member.url), address_of(origin.url)
    if origin.member is not None and member.key == origin.member.key:
        return "revision", "same_address"
    if not own.site or not theirs.site:
        is_another = _credits_another(member) and not _bear_one_name(member, origin)
        return ("syndication", "credited") if is_another else ("revision", "no_address")
    if own.site == theirs.site:
        return "revision", "same_outlet"
    if member.is_cloaked:
        return "cloaked_mirror", "cloaked"
    if is_same_path(own.path, theirs.path):
        return ("cloaked_mirror", "damaged") if _is_damaged(member, origin, verdict) else ("mirror", "same_path")
    if _credits_another(member) or (member.canonical_url and address_of(member.canonical_url).site == theirs.site):
        return "syndication", "credited"
    return "scraped", "uncredited"


def _bear_one_name(member: KnownArticle, origin: Origin) -> bool:
    """Whether both pages call their outlet the same: then what they credit, such as a desk of it, tells nobody else's."""
    names = [folded_name(each.site_name) for each in (member, origin.member) if each is not None and each.site_name]
    return len(names) == 2 and names[0] == names[1] != ""


def _is_damaged(member: KnownArticle, origin: Origin, verdict: Verdict | None) -> bool:
    """Whether a mirror has what a disguise leaves, though too little for it to be known by itself, and its origin does not have it."""
    if origin.member is None or verdict is None:
        return False
    return verdict.damaged in (member.doc, EITHER) or (member.has_lost and not origin.member.has_lost)


def _credits_another(member: KnownArticle) -> bool:
    """Whether a page credits an outlet or agency that is not its own. Authors are credited everywhere: see KnownArticle.sources."""
    own = [folded_name(member.site_name)] if member.site_name else []
    own.append(host_name(address_of(member.url).site))
    return any(not any(is_same_outlet(name, each) for each in own if each) for name in map(folded_name, member.sources or ()) if name)


def _likeness(member: KnownArticle, group: Group, beside: Beside) -> tuple[float | None, float | None, list[str]]:
    """Shares of the copy and of its origin that stand in the other; of the most similar copy where the two were not compared."""
    if group.origin.member is None:
        return None, None, []
    direct = _verdict(member, group.origin, beside)
    if direct is not None:
        return *sides(direct, member.doc), []
    compared = [verdict for other, verdict in beside[member.doc].items() if other in group.docs]
    best = max((sides(verdict, member.doc) for verdict in compared), default=(None, None))
    return *best, ["through"]


def _story(group: Group) -> Row:
    members, origin = group.members, group.origin
    return {
        "story_id": group.story_id, "origin_page_id": origin.member.page_id if origin.member else None, "origin_url": origin.url,
        "page_count": len(members), "host_count": len({address_of(member.url).site for member in members} - {""}),
        "first_published_at": min((member.published_at for member in members if member.published_at), default=None),
        "first_observed_at": min(member.observed_at for member in members),
        "last_observed_at": max(member.observed_at for member in members),
        "confidence": round(origin.confidence, 3), "evidence": list(origin.evidence),
    }  # fmt: skip
