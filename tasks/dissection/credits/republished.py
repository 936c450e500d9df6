"""Where a story was printed first, as a note above or under it says: originally published by …, erschien zuerst in …"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.dissection.credits.source_names import NamedSource, clean_source
from tasks.dissection.credits.source_places import is_medium
from tasks.dissection.credits.story_lines import StoryLine
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.lexicon import words_of

NOTE_CHARS = 250  # of a note; longer lines are paragraphs that may tell of other texts
HEADS, ENDS, TAILS = 5, 2, 5  # lines above the story, its last ones, and lines under it
_NAME = r"[A-ZÀ-ÞА-Я][\w&.'’-]*(?:\s(?:of\s|the\s|de\s|du\s|da\s|del\s|and\s|&\s)?[A-ZÀ-ÞА-Я][\w&'’-]*){0,4}"


def republished(lines: Sequence[StoryLine], outlet: Outlet) -> Iterator[NamedSource]:
    """Other media than the outlet itself: what it printed first it does not owe to another."""
    heads = [line.plain for line in lines if line.place == "head"][-HEADS:]
    ends = [line.plain for line in lines if line.place == "body"][-ENDS:] + [line.plain for line in lines if line.place == "tail"][:TAILS]
    for text in (*heads, *ends):
        if (said := _noted(text)) and (name := clean_source(said["name"])) and not outlet.is_named(name) and not outlet.starts(name):
            yield NamedSource("republished", name, said[0])


def source_in_note(text: str) -> str | None:
    """The medium that a line names as where its story was printed first; None where it speaks of anything else."""
    said = _noted(text)
    return clean_source(said["name"]) if said else None


def _noted(text: str) -> re.Match[str] | None:
    """The note, where the line speaks of the story itself: what else was published somewhere is told in stories, too."""
    said = _note().search(text) if len(text) <= NOTE_CHARS else None
    if said is None:
        return None
    begun = text[: said.start()].strip(" (*[—–-").casefold()
    return said if not begun or begun.startswith(tuple(words_of("sources", "this_text"))) or is_medium(said["name"]) else None


@cache
def _note() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(words_of("sources", "republished"), key=len, reverse=True))
    articles = r"(?:the|der|die|das|dem|den|la|le|les|il|lo|el|o|a|l['’])\s?"
    return re.compile(rf"(?<!\w)(?i:{phrases})\s(?:{articles})?[“\"„«'‘]?(?P<name>{_NAME})")
