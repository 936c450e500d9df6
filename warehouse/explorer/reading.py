"""The text of an article as it is read: paragraphs with what was repaired in them, and who speaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from warehouse.explorer.cells import shown

MOST_BYTES = 30_000  # of paragraphs at once, markup included
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`start`: its place in the body in characters; `before`, `after`: with what was there and what is there now marked; `turn`: kind of
    the turn that it belongs to, "" for none; `is_repaired`: whether they differ, or something in it is doubtful."""

    start: int
    before: Markup
    after: Markup
    turn: str
    is_repaired: bool


def paragraphs(body: str, repairs: Sequence[Row], turns: Sequence[Row]) -> Iterator[Paragraph]:
    """Of a body. `repairs`: rows of core.repairs of any field; `turns`: rows of core.statements."""
    spans = sorted((row for row in repairs if row["field"] == "body"), key=lambda row: (row["restored_start"], row["restored_end"]))
    at = start = 0
    for text in body.split("\n"):
        end = start + len(text)
        inside = []
        while at < len(spans) and spans[at]["restored_start"] <= end:
            inside.append(spans[at])
            at += 1
        turn = next((row["kind"] for row in turns if row["start_offset"] < end and row["end_offset"] > start), "")
        yield Paragraph(start, _marked(text, start, inside, "before"), _marked(text, start, inside, "after"), turn, bool(inside))
        start = end + 1


def page_of(found: Iterator[Paragraph], start: int) -> tuple[list[Paragraph], int | None]:
    """Paragraphs from `start` on, as many as a page takes, and the start of those that follow."""
    taken: list[Paragraph] = []
    size = 0
    for each in found:
        if each.start < start:
            continue
        size += len(each.after.encode()) + len(each.before.encode()) * each.is_repaired
        if taken and size > MOST_BYTES:
            return taken, each.start
        taken.append(each)
    return taken, None


def _marked(text: str, start: int, spans: Sequence[Row], side: str) -> Markup:
    """The paragraph on one side of its repairs. A span that reaches over its end ends with it."""
    tag = "del" if side == "before" else "ins"
    out, at = Markup(), 0
    for span in spans:
        begin, end = (min(max(span[name] - start, at), len(text)) for name in ("restored_start", "restored_end"))
        out += shown(text[at:begin])
        said = span["before"] if side == "before" else text[begin:end]
        if span["status"] == "flagged":
            out += Markup("<mark title=doubtful>{}</mark>").format(shown(text[begin:end]))
        elif said:
            out += Markup("<{}>{}</{}>").format(Markup(tag), shown(said), Markup(tag))
        at = end
    return out + shown(text[at:])
