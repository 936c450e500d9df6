"""Who wrote, as the end of a story says: … (Ann Lee), — Ann Lee, Ann Lee is a reporter at …, About the author: Ann Lee."""

import re
from collections.abc import Iterator
from itertools import islice

from tasks.dissection.credits.byline_text import MAX_BYLINE_CHARS, byline_names
from tasks.dissection.credits.near_names import no_names
from tasks.dissection.markup.headline import headline_area, story_of
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.text_runs import runs_in, shown_text
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.names import is_nobody, says_role
from tasks.dissection.words.people import is_person

Byline = tuple[str, str, list[str]]
_LONG_PARAGRAPH = 80
_SENTENCE_END = re.compile(r"[.!?…:。！？]$")
LAST_LINES = 2
BOX_RUNS = 3  # behind "About the author" in which the name stands
_SIGNED = re.compile(r"[.!?…][\"'”’»“]?\s*(?:[(\[]\s?([^()\[\]]{5,60}?)\s?[)\]]|\s[—–-]{1,2}\s?([^—–]{5,60}))\.?$")
_NAME = r"[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){1,3}"
_IS_A = re.compile(
    rf"({_NAME}),?\s(?:is|was|ist|war|est|es|è|é|är|er|jest)\s(?:an?|the|our|ein|eine|un|une|una|um|uma|en|et|senior|staff|freelance)?\s?(.{{1,160}})"
)
_LEADING = re.compile(_NAME)


def closing_bylines(page: ParsedPage, outlet: Outlet, body: str) -> Iterator[Byline]:
    """Most certain first."""
    lines = body.split("\n")[-LAST_LINES:]
    for line in reversed(lines):
        match = _SIGNED.search(line[-MAX_BYLINE_CHARS:])
        if match and (names := _persons(match[1] or match[2], outlet)):
            yield "signed", match[0], names
        told = _IS_A.match(line)
        if (
            told
            and not words_of("names", "job").isdisjoint(re.findall(r"\w+", told[2].casefold()))
            and (names := _persons(told[1], outlet))
        ):
            yield "author_box", line[:MAX_BYLINE_CHARS], names
    yield from _boxes(page, outlet)


def signed_with_a_name(page: ParsedPage, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    """A paragraph that is a name and no more, right after the last long one of the story."""
    heading = headline_area(page).heading
    paragraphs = [] if heading is None else list(story_of(heading).iter("p"))
    for paragraph in reversed(paragraphs):
        text = shown_text(paragraph)
        if len(text) > _LONG_PARAGRAPH:
            return
        before = paragraph.getprevious()
        if not text or len(text) > 60 or says_role(text) == "other":
            continue
        if any(outlet.is_named(part) for part in text.split(" / ")[:-1]):
            continue  # River Times / El Río names no person
        if before is None or before.tag != "p" or len(shown_text(before)) < _LONG_PARAGRAPH:
            continue
        names = [] if _SENTENCE_END.search(text) else byline_names(text, outlet)
        if names and all(2 <= len(n.split()) <= 4 and n[0].isupper() for n in names):
            yield "signed", text, names


def _boxes(page: ParsedPage, outlet: Outlet) -> Iterator[Byline]:
    """What stands behind "About the author"."""
    heading = headline_area(page).heading
    if heading is None:
        return
    runs = [text for text, _ in runs_in(story_of(heading))]
    for at, text in enumerate(runs):
        label, _, rest = text.partition(":")
        if label.casefold().strip() not in words_of("notices", "author_box"):
            continue
        for run in islice((rest.strip(), *runs[at + 1 :]), BOX_RUNS):
            name = _LEADING.match(run)
            if name and (names := _persons(name[0], outlet)):
                yield "author_box", f"{text} {run}"[:MAX_BYLINE_CHARS], names
                break


def _persons(text: str, outlet: Outlet) -> list[str]:
    names = byline_names(text, outlet)
    held = {word for name in names for word in re.findall(r"\w+", name.casefold())}
    is_sure = held.isdisjoint(no_names()) and all(is_person(n) and not is_nobody(n) and not outlet.is_named(n) for n in names)
    return names if is_sure else []
