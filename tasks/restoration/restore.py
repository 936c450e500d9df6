"""Text as it was before a careless or a hostile host damaged it: an explicit list of methods, each pure, each leaving a trace."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.restoration import commas, escapes, family_b, gb2312, keywords, mojibake
from tasks.restoration.changes import Change, applied
from tasks.restoration.composition import composed
from tasks.restoration.first_look import is_chinese
from tasks.restoration.repairs import Repair, Restored

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LAST_TAG = re.compile(r"</[a-z][a-z0-9]*>$")


@dataclass(slots=True)
class PageText:
    """A page while it is restored: its text as the methods before left it, and what they found out about it."""

    text: str
    known: str  # intact text of other pages, in Simplified characters
    scores: dict[str, float] = field(default_factory=dict)
    is_cloaked: bool = False
    readings: dict[str, str] = field(default_factory=dict)


Method = Callable[[PageText], list[Change]]


def _mojibake(page: PageText) -> list[Change]:
    return mojibake.find(page.text, page.scores)


def _cloak(page: PageText) -> list[Change]:
    """Family A, with or without glosses, and what a decoder of a smaller character set refused: both lost single bytes."""
    if not is_chinese(page.text, page.scores):
        return []
    from tasks.restoration.cloak.detection import cloak_scores, is_cloaked, may_be_damaged

    if may_be_damaged(page.text):
        page.scores.update(cloak_scores(page.text))
        page.is_cloaked = is_cloaked(page.scores)
    if "\ufffd" in page.text:
        page.scores.update(gb2312.gb2312_scores(page.text))
    if not page.is_cloaked and not page.scores.get("gb2312_shifted") and not page.scores.get("gb2312_lost"):
        return []
    from tasks.restoration.cloak.undo import undo

    changes, page.readings = undo(page.text, page.known)
    return changes


def _script(page: PageText) -> list[Change]:
    """Traditional characters that the cloak put in place of Simplified ones."""
    if not page.is_cloaked:
        return []
    from tasks.restoration.characters.folding import script_changes

    return script_changes(page.text)


def _family_b(page: PageText) -> list[Change]:
    changes = [] if page.is_cloaked else family_b.find(page.text, page.scores)
    page.is_cloaked = page.is_cloaked or bool(changes)
    return changes


def _commas(page: PageText) -> list[Change]:
    return commas.find(page.text, page.scores)


def _tag_residue(page: PageText) -> list[Change]:
    """The closing tag that stands again at the end of a single line of text, where damage had hidden it from an extractor."""
    if "\n" in page.text or not page.is_cloaked or len(_TAG.findall(page.text)) != 1:
        return []
    return [Change(m.start(), m.end(), "", "tag_residue") for m in _LAST_TAG.finditer(page.text)]


def _keywords(page: PageText) -> list[Change]:
    return keywords.find(page.text, page.scores)


# In the order in which they run: bytes before characters, characters before scripts, what only looks at the end.
METHODS: tuple[Method, ...] = (_mojibake, _cloak, _script, _family_b, _commas, _tag_residue, _keywords)


def restore(text: str, known: str = "") -> Restored:
    """The text restored, with a repair for every span. Never raises; text without damage comes back as the same object.

    `text` is a page as HTML or as extracted text. `known` is intact text of pages of the same host, which decides between
    readings before any model does.
    """
    if text.isascii() and not escapes.are_in(text):
        return Restored(text)
    page = PageText(text, known)
    changes: list[Change] = []
    for method in METHODS:
        if found := method(page):
            changes = composed(page.text, changes, found)
            page.text = applied(page.text, found)
    repairs = _repairs(text, changes)
    return Restored(page.text, repairs, page.is_cloaked, page.scores, page.readings)


def _repairs(text: str, changes: list[Change]) -> tuple[Repair, ...]:
    repairs, shift = [], 0
    for change in changes:
        start = change.start + shift
        shift += len(change.after) - (change.end - change.start)
        repairs.append(Repair(
            change.start, change.end, start, start + len(change.after), text[change.start : change.end], change.after,
            change.method, change.evidence, change.is_proved, change.confidence, change.candidates, change.status,
        ))  # fmt: skip
    return tuple(repairs)
