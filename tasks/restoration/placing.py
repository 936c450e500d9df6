"""Where repairs of a page are in what was read from it: offsets into a title, a body, a headline, instead of into a page."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.restoration.field_spans import Span, spans_of
from tasks.restoration.letters import Letters, shown
from tasks.restoration.repairs import Repair, Restored

PAGE = "page"  # field of what lies in none: offsets into the whole page
_READING = re.compile(r"\(([^()\s]{1,7})\)")
_NEAR = 8  # spans before a repair that are looked at: more only where one repair spans as many lines


@dataclass(frozen=True, slots=True)
class PlacedRepair:
    """One span of one field. As it came it was `before`, damaged[start:end]; now it is `after`, field[restored_start:restored_end]."""

    field: str  # title, body, listing_items/<listing_number>/<position>, or page
    start_offset: int
    end_offset: int
    restored_start: int
    restored_end: int
    before: str
    after: str
    method: str
    evidence: str | None
    is_proved: bool
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    status: str


def place(restored: Restored, damaged: str, fields: Mapping[str, str], *, is_html: bool) -> tuple[PlacedRepair, ...]:
    """A row for every repair and field that it lies in, field by field in the order of their offsets, the page's own last.

    `fields`: name -> text as it was read from the restored page, in page order within a listing. With the offsets
    of a field its damaged text is `damaged_field(text, rows)`.
    """
    if not restored.repairs:
        return ()
    page = Letters(restored.text, is_html=is_html)
    letters = {name: Letters(text, is_html=False) for name, text in fields.items()}
    spans = spans_of(page, letters)
    firsts = [span.first for span in spans]
    rows: dict[str, list[PlacedRepair]] = {name: [] for name in (*fields, PAGE)}
    for repair in _whole_tags(restored):
        evidence = repair.evidence or _glosses(repair, damaged, restored.reading_of)
        before, is_placed = shown(repair.before, is_html=is_html), False
        for name, (start, end) in _edges(page, letters, spans, firsts, repair).items():
            last = rows[name][-1] if rows[name] else None
            if last is None or start >= last.restored_end:
                moved = start + (last.end_offset - last.restored_end if last else 0)
                offsets = moved, moved + len(before), start, end
                rows[name].append(_row(repair, name, offsets, before, fields[name][start:end], evidence))
                is_placed = True
        if not is_placed:
            offsets = repair.start, repair.end, repair.restored_start, repair.restored_end
            rows[PAGE].append(_row(repair, PAGE, offsets, repair.before, repair.after, evidence))
    return tuple(row for placed in rows.values() for row in placed)


def damaged_field(text: str, rows: Sequence[PlacedRepair]) -> str:
    """The text of a field as it came, from the restored one and the rows of this field in their order."""
    out, at = [], 0
    for row in rows:
        out += [text[at : row.restored_start], row.before]
        at = row.restored_end
    return "".join((*out, text[at:]))


def _row(repair: Repair, field: str, offsets: tuple[int, int, int, int], before: str, after: str, evidence: str | None) -> PlacedRepair:
    return PlacedRepair(
        field, *offsets, before, after, repair.method, evidence,
        repair.is_proved, repair.confidence, repair.candidates, repair.status,
    )  # fmt: skip


def _whole_tags(restored: Restored) -> Iterator[Repair]:
    """The repairs; one that ends inside a tag reaches to the end of it, so that none of the tag is left in a field."""
    following = [*(repair.restored_start for repair in restored.repairs[1:]), len(restored.text)]
    for repair, most in zip(restored.repairs, following, strict=True):
        end = restored.text.find(">", repair.restored_end, most) + 1
        if repair.after.rfind("<") > repair.after.rfind(">") and 0 < end <= most:
            rest = restored.text[repair.restored_end : end]
            yield replace(
                repair, end=repair.end + len(rest), restored_end=end, before=repair.before + rest, after=repair.after + rest,
                candidates=tuple((text + rest, share) for text, share in repair.candidates),
            )  # fmt: skip
        else:
            yield repair


def _glosses(repair: Repair, damaged: str, reading_of: Mapping[str, str]) -> str | None:
    """The entries of the cloak's dictionary that a repair took out: 網(wǎng) 絡(luò)."""
    if "gloss" not in repair.method:
        return None
    entries = []
    for match in _READING.finditer(repair.before):
        at = repair.start + match.start() - 1
        char = damaged[at : at + 1]
        if reading_of.get(char) != match[1]:  # the gloss of a character that bytes of two others made up
            made_up = [one for one, reading in reading_of.items() if reading == match[1]]
            char = made_up[0] if len(made_up) == 1 else char
        entries.append(f"{char}({match[1]})")
    return " ".join(entries) or None


def _edges(
    page: Letters, letters: Mapping[str, Letters], spans: Sequence[Span], firsts: Sequence[int], repair: Repair
) -> dict[str, tuple[int, int]]:
    """Field -> where the repaired text begins and ends in it, for each field that it is in."""
    a, b = page.at(repair.restored_start), page.at(repair.restored_end)
    at = bisect_right(firsts, b)
    edges: dict[str, tuple[int, int]] = {}
    for span in spans[max(0, at - _NEAR) : at]:
        field, move = letters[span.field], span.field_first - span.first
        if a < b:
            low, high = max(a, span.first), min(b, span.first + span.count)
            found = _around(field, repair.after, low + move, high + move) if low < high else None
        else:
            found = None if edges else _between(page, field, span, repair, a)
        if found is not None:
            start, end = edges.get(span.field, found)
            edges[span.field] = (min(start, found[0]), max(end, found[1]))
    return edges


def _around(field: Letters, after: str, low: int, high: int) -> tuple[int, int]:
    """Edges of the letters low to high of a field, with the blanks that the repair has put on either side."""
    start, end = field.place(low), field.end(high - 1)
    leading, trailing = len(after) - len(after.lstrip()), len(after) - len(after.rstrip())
    return start - _blanks(field.source[max(0, start - leading) : start][::-1]), end + _blanks(field.source[end : end + trailing])


def _between(page: Letters, field: Letters, span: Span, repair: Repair, letter: int) -> tuple[int, int] | None:
    """Edges of what has no letter any more, before this letter of the page: a gloss that was taken out, or a blank."""
    move = span.field_first - span.first
    is_behind, is_before = span.first < letter <= span.first + span.count, span.first <= letter < span.first + span.count
    touches = letter > 0 and page.end(letter - 1) == repair.restored_start
    if is_behind and (touches or is_before) and not (is_before and not touches and page.place(letter) == repair.restored_end):
        start = field.end(letter - 1 + move)
        return start, start + _blanks(field.source[start : start + len(repair.after)])
    if is_before and page.place(letter) == repair.restored_end:
        end = field.place(letter + move)
        return end - _blanks(field.source[max(0, end - len(repair.after)) : end][::-1]), end
    return None


def _blanks(text: str) -> int:
    """Blanks at its beginning; a line end is none, since it parts paragraphs of a field."""
    return len(text) - len(text.lstrip(" \t\u00a0\u3000"))
