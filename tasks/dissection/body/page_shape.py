"""How a page is laid out: headlines that lead elsewhere, teasers under them, running text. Tells lists from articles."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.dissection.markup.measures import INLINE, Measure
from tasks.dissection.words.sentences import RUN_BYTES

# UTF-8 bytes of link text that make it a headline: menus have less, and a link around a whole story more.
HEADLINE_BYTES = range(30, 600)
TEASER_BYTES = 500  # of middling size; paragraphs under linked captions in a real article have 630
CORE_TEASERS = 2.5  # teasers of middling size that the core of a list may hold; 3.4 is the least of a real article


@dataclass(frozen=True, slots=True)
class PageShape:
    """Sizes are UTF-8 bytes."""

    text: int = 0  # all visible text
    linked: int = 0  # of it inside links
    running: int = 0  # of it in blocks long enough to be running text
    headlines: int = 0  # linked headlines
    teasers: int = 0  # blocks of running text that directly follow a linked headline
    teased: int = 0  # running text in them
    untold: int = 0  # running text of the core, the densest element, that no headline precedes

    @property
    def teased_share(self) -> float:
        return self.teased / self.running if self.running else 0.0

    @property
    def is_teased(self) -> bool:
        """Whether teasers are all there is: short ones, and no core of running text that outweighs two of them."""
        middling = self.teased / self.teasers if self.teasers else 0.0
        return 0 < middling <= TEASER_BYTES and self.untold <= CORE_TEASERS * middling

    @property
    def linked_share(self) -> float:
        return self.linked / self.text if self.text else 0.0


def page_shape_of(measures: Iterable[Measure], core: Measure | None) -> PageShape:
    """The shape of what was measured: the body element first, then everything in it in document order."""
    entries = list(measures)
    headlines = teasers = teased = running = 0
    untold = core.direct if core is not None else 0
    under_headline = False
    for entry in entries:
        if entry.tag == "a":
            if entry.linked in HEADLINE_BYTES and _stands_alone(entry):
                headlines += 1
                under_headline = True
        elif entry.own >= RUN_BYTES and entry.tag not in INLINE:
            running += entry.own
            if under_headline:
                teasers += 1
                teased += entry.own
                untold -= entry.own if entry.parent is core else 0
            under_headline = False
    return PageShape(entries[0].text, entries[0].linked, running, headlines, teasers, teased, untold)


def _stands_alone(link: Measure) -> bool:
    """Whether the link is not a part of a running paragraph."""
    block = link.parent
    while block is not None and block.tag in INLINE:
        block = block.parent
    return block is None or block.own < RUN_BYTES
