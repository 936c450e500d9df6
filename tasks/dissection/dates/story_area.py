"""Where dates stand on a page whose headline is not found: right above the story, and right under it."""

from collections import deque

from lxml.html import HtmlElement

from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.text_runs import runs_in
from tasks.dissection.words.text import line_key

ABOVE_PIECES = 12  # between the headline and the story: credits, sizes of letters, buttons to share
UNDER_PIECES = 8
KEY_CHARS = 24  # of the story's beginning and end that tell where they stand
LEAST_CHARS = 5  # of a run that may be its beginning
OPENING_LINES = 3  # of the story: one of them begins with a run as long


def story_pieces(page: ParsedPage, body: str | None) -> tuple[HtmlElement | None, tuple[NearText, ...]]:
    """(the element in which the story begins, the text above it with negative distances and under it); nothing where it is not found."""
    lines = [key for line in (body or "").split("\n") if (key := line_key(line))]
    if not lines:
        return None, ()
    starts = ["".join(lines[i:]) for i in range(min(OPENING_LINES, len(lines)))]
    shown = page.tree.find("body")
    above: deque[tuple[str, HtmlElement]] = deque(maxlen=ABOVE_PIECES)
    under: list[tuple[str, HtmlElement]] = []
    begins: HtmlElement | None = None
    for text, element in runs_in(page.tree if shown is None else shown):
        run = line_key(text)
        if begins is None and any(_begins(run, start) for start in starts):
            begins = element
        elif begins is None:
            above.append((text, element))
        elif len(run) >= LEAST_CHARS and lines[-1].endswith(run[-KEY_CHARS:]):
            under = []  # still the story: what came before was between its parts
        else:
            under.append((text, element))
    if begins is None:
        return None, ()
    near = [NearText(text, element, i - len(above)) for i, (text, element) in enumerate(above)]
    near += [NearText(text, element, ABOVE_PIECES + i) for i, (text, element) in enumerate(under[:UNDER_PIECES], start=1)]
    return begins, tuple(near)


def _begins(run: str, story: str) -> bool:
    """Whether a run is how the story begins, or holds that."""
    return len(run) >= LEAST_CHARS and (story.startswith(run) or (len(story) >= LEAST_CHARS and story[:KEY_CHARS] in run))
