"""Articles that are connected by copying as a whole: one group, which has one origin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.relation.origin import Origin
from tasks.relation.verdicts import Verdict
from warehouse.relating.deciding import KnownArticle


@dataclass(frozen=True)
class Group:
    """Articles that are copies of each other, with their origin."""

    members: list[KnownArticle]
    origin: Origin

    @cached_property
    def story_id(self) -> str:
        return self.origin.member.page_id if self.origin.member else min(member.page_id for member in self.members)

    @cached_property
    def docs(self) -> frozenset[int]:
        return frozenset(member.doc for member in self.members)

    @property
    def is_story(self) -> bool:
        return len(self.members) > 1


def groups_of(members: Sequence[KnownArticle], found: Iterable[Verdict]) -> list[list[KnownArticle]]:
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
    groups: dict[int, list[KnownArticle]] = {}
    for member in members:
        groups.setdefault(root(member.doc), []).append(member)
    return list(groups.values())
