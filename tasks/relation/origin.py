"""Who of a group of copies was first, and whose the story is: what each of them says of it, weighed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tasks.relation.addresses import address_of, site_of, telling_path
from tasks.relation.names import CalledSites, folded_name, host_name, is_same_outlet
from warehouse.relating.deciding import KnownArticle

# What a piece of evidence counts, and how sure an origin is that it decides. In the order of trust.
POINTS = {"path_owner": 8, "canonical": 6, "credit": 4, "brand": 3, "same_path_first": 2, "published": 2, "observed": 1}
SURE = {"path_owner": 0.97, "canonical": 0.95, "credit": 0.95, "brand": 0.9, "uncloaked": 0.9, "same_path_first": 0.85, "published": 0.85,
        "observed": 0.6, "same_site": 0.95}  # fmt: skip
INFERRED = 0.9  # of that for an origin which was never captured
UNTOLD = 0.5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose a story is. `member`: its first capture, None where there is none; `evidence`: what decided, the strongest first."""

    url: str
    site: str
    member: KnownArticle | None
    evidence: tuple[str, ...]
    confidence: float


@dataclass(slots=True)
class Party:
    """The articles of one site in a group; of pages without a host each is a party of its own."""

    site: str
    members: list[KnownArticle]
    evidence: set[str] = field(default_factory=set)  # what points to it

    @property
    def is_cloaked(self) -> bool:
        return all(member.is_cloaked for member in self.members)

    @property
    def points(self) -> int:
        return sum(map(POINTS.__getitem__, self.evidence))

    def first(self) -> KnownArticle:
        """Its earliest capture, undisguised if one is."""
        return min(self.members, key=lambda member: (member.is_cloaked, member.observed_at, member.page_id))


def origin_of(group: Sequence[KnownArticle], brands: Mapping[str, str]) -> Origin:
    """The origin of a group; of one member too, where its address points elsewhere. `brands`: what sites are called."""
    parties = _parties(group)
    inferred: Counter[str] = Counter()  # addresses that were not captured, with what speaks for them
    told: dict[str, str] = {}
    for member in group:
        for name, url in _pointing(member, brands):
            if (party := parties.get(address_of(url).site)) is None:
                inferred[url] += POINTS[name]
                told[url] = name
            elif party.site != address_of(member.url).site:
                party.evidence.add(name)
    _credits(parties, brands)
    _paths(parties)
    _times(parties)
    if inferred:
        url, points = max(inferred.items(), key=lambda item: (item[1], item[0]))
        if all(points > party.points or party.is_cloaked for party in parties.values()):
            return Origin(url, address_of(url).site, None, (told[url],), SURE[told[url]] * INFERRED)
    return _captured_origin(parties)


def _captured_origin(parties: Mapping[str, Party]) -> Origin:
    best = min(parties.values(), key=lambda party: (party.is_cloaked, -party.points, _time(party.first()), party.first().page_id))
    first = best.first()
    told = [name for name in POINTS if name in best.evidence]
    if len(parties) == 1:
        told = ["same_site"]
    elif not best.is_cloaked and all(party.is_cloaked for party in parties.values() if party is not best):
        told = ["uncloaked", *told]
    sure = max((SURE[name] for name in told), default=UNTOLD)
    return Origin(first.url, best.site, first, tuple(told), UNTOLD if best.is_cloaked else sure)


def party_of(member: KnownArticle) -> str:
    """The site of an article; of one without a host, the article."""
    return address_of(member.url).site or member.page_id


def _parties(group: Sequence[KnownArticle]) -> dict[str, Party]:
    parties: dict[str, Party] = {}
    for member in group:
        parties.setdefault(party_of(member), Party(party_of(member), [])).members.append(member)
    return parties


def owner_of(member: KnownArticle) -> str | None:
    """The address that this page has at the outlet whose addresses look like its own, where more than the path says so."""
    if member.owner_base is None:
        return None
    names = [folded_name(name) for name in (member.site_name, *(member.names or ())) if name]
    called = [folded_name(member.owner_brand)] if member.owner_brand else []
    called.append(host_name(site_of(member.owner_base.partition("://")[2])))
    if member.is_cloaked or any(is_same_outlet(name, brand) for name in names for brand in called if brand):
        return member.owner_base + address_of(member.url).path
    return None


def _pointing(member: KnownArticle, brands: Mapping[str, str]) -> list[tuple[str, str]]:
    """(what tells so, address) of what a page itself points to as its origin."""
    found = []
    if (owner := owner_of(member)) is not None:
        found.append(("path_owner", owner))
    own, named = address_of(member.url), address_of(member.canonical_url) if member.canonical_url else None
    if named is not None and named.site and own.site and named.site != own.site and len(named.path.strip("/")) > 1:
        found.append(("canonical", str(member.canonical_url)))
    return found


def _credits(parties: Mapping[str, Party], brands: Mapping[str, str]) -> None:
    """Credit and site name of a page that name the outlet of another."""
    hosts = {site: host_name(site) for site in parties}
    by_name = CalledSites({site: [host, folded_name(brands.get(site, ""))] for site, host in hosts.items()})
    by_host = CalledSites({site: [host] for site, host in hosts.items()})
    told: set[tuple[str, int]] = set()  # sets of sites that were told, by what tells
    for site, party in parties.items():
        for member in party.members:
            site_name = [folded_name(member.site_name)] if member.site_name else []
            for evidence, names, called in (("credit", credited(member), by_name), ("brand", site_name, by_host)):
                meant = [sites for name in names for sites in called.meant(name)]
                if any(site in sites for sites in meant):
                    continue
                for sites in meant:
                    if (evidence, id(sites)) not in told:
                        told.add((evidence, id(sites)))
                        for other in sites:
                            parties[other].evidence.add(evidence)


def _paths(parties: Mapping[str, Party]) -> None:
    """The path of one site's first capture that another site, which was seen later, has too."""
    latest: dict[str, datetime] = {}  # by path: when the last of the sites that have it was first seen
    for party in parties.values():
        seen = party.first().observed_at
        for path in {telling_path(address_of(member.url).path) for member in party.members}:
            latest[path] = max(latest.get(path, seen), seen)
    for party in parties.values():
        first = party.first()
        path = telling_path(address_of(first.url).path)
        if path and first.observed_at < latest[path]:
            party.evidence.add("same_path_first")


def credited(member: KnownArticle) -> list[str]:
    """Folded names that a page credits."""
    return [folded_name(name) for name in member.names or ()]


def _times(parties: Mapping[str, Party]) -> None:
    """Who published first, if pages say so exactly enough to tell; and who was seen first."""
    sound = [party for party in parties.values() if not party.is_cloaked]
    if len(sound) < 2:
        return
    spans = sorted((span, party.site) for party in sound if (span := _published(party)) is not None)
    if spans and all(spans[0][0][1] < start for (start, _), _ in spans[1:]) and (len(spans) > 1 or len(sound) > len(spans)):
        parties[spans[0][1]].evidence.add("published")
    observed = sorted((party.first().observed_at, party.site) for party in sound)
    if observed[0][0] < observed[1][0]:
        parties[observed[0][1]].evidence.add("observed")


def _published(party: Party) -> tuple[datetime, datetime] | None:
    """Earliest publication that the site claims, from and to: where only the day is told, all of it."""
    spans = [
        (member.published_at, member.published_at + (DAY if member.published_precision == "day" else timedelta()))
        for member in party.members if member.published_at is not None
    ]  # fmt: skip
    return min(spans, default=None)


def _time(member: KnownArticle) -> tuple[datetime, datetime]:
    return member.published_at or member.observed_at, member.observed_at
