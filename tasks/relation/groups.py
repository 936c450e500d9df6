"""Articles that are connected by copying as a whole: one group, which has one origin."""

from collections.abc import Iterable, Sequence

from tasks.relation.verdicts import Verdict
from warehouse.relating.deciding import Member


def groups_of(members: Sequence[Member], found: Iterable[Verdict]) -> list[list[Member]]:
    """The groups in the order of their first articles; who is connected to nobody is a group alone."""
    above = {member.doc: member.doc for member in members}

    def root(doc: int) -> int:
        while above[doc] != doc:
            above[doc] = above[above[doc]]
            doc = above[doc]
        return doc

    for verdict in found:
        if verdict.is_whole:
            low, high = sorted((root(verdict.one), root(verdict.other)))
            above[high] = low
    groups: dict[int, list[Member]] = {}
    for member in members:
        groups.setdefault(root(member.doc), []).append(member)
    return list(groups.values())
