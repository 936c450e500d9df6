"""What stands between the first and the last line of an article: its own lines, captions, credits, and lists set among them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.dissection.lines.lines import Line
from tasks.dissection.lines.shapes import HEADLINE_WIDTH, Shape, line_kind, shape_of
from tasks.dissection.listings.found import FoundItem, FoundListing
from tasks.dissection.words.captions import is_caption_line
from tasks.dissection.words.furniture import is_dateline
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.list_labels import LABEL_WIDTH, label_in
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import line_key, width, without_readings

CAPTION_WIDTH = 120  # most columns of a caption that only its last word tells: forty Chinese characters
MOST_HEADER = 8  # lines above the first paragraph where no headline is found: byline, date, section
LEAST_REPEATED = 5  # letters: shorter ones may be the labels of an interview
MOST_TAIL = 12  # lines under the body that may credit somebody; the furthest real one is the ninth
LEAST_WIDGET = 4  # neighbouring short lines that are a button bar, a menu or a row of tags: subheads stand alone
_POINTER = re.compile(r"[\W_]*([^:：|｜»]{2,40}?)\s*[:：|｜»]\s*(\S.*)")
_COMMAS = re.compile("[，,；;！!？?：:“”「」]")


@dataclass(slots=True)
class StoryLines:
    """`lines` are the article's; `header` and `tail` what stands above and around them and may say who made it, and when."""

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    listings: list[FoundListing] = field(default_factory=list)


def sort_lines(lines: Sequence[Line], title: int | None, start: int, end: int) -> StoryLines:
    """Lines start..end-1 sorted out; captions also from between the headline and the first paragraph."""
    story = StoryLines()
    above = lines[max(0, start - MOST_HEADER) if title is None else title + 1 : start]
    story.captions += [line.text for line in above if _is_caption(line)]
    story.header += [line.text for line in above]
    repeated = _repeated(lines)
    index = start
    while index < end:
        index += _sort(story, lines[index:end], repeated)
    story.tail += _tail(lines[end:])
    return story


def _sort(story: StoryLines, lines: Sequence[Line], repeated: frozenset[str]) -> int:
    """Put the first of the lines where it belongs, and those that belong with it; returns how many they were."""
    line = lines[0]
    text, shape, kind = line.text, shape_of(line.text), line_kind(line.text)
    if kind == "pointer" and (listing := _pointed(line)):
        story.listings.append(listing)
    elif shape is Shape.LABEL and (items := _items_below(lines[1:])):
        story.listings.append(_listing(line, lines[1 : 1 + items]))
        return 1 + items
    elif _is_caption(line):
        story.captions.append(text)
    elif kind == "credit":
        story.tail.append(without_readings(text))
    elif (bar := _short_lines(lines)) >= LEAST_WIDGET:
        return bar
    elif _is_header(story, line, shape):
        story.header.append(text)
    elif shape not in (Shape.BUTTON, Shape.COMMENTS) and not _is_stray_note(line, shape) and text not in repeated:
        story.lines.append(text)
    return 1


def _is_header(story: StoryLines, line: Line, shape: Shape) -> bool:
    """A byline or a date under the standfirst: no article has a subhead before its second paragraph."""
    if len(story.lines) > 1 or line.begins or SENTENCE_END.search(line.text):
        return False
    return shape in (Shape.SHORT, Shape.NOTE, Shape.END) or is_dateline(line.text)


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Short lines that are no sentences and stand several times: what pages print between paragraphs, buttons and notices."""
    counts = Counter(line.text for line in lines if len(line.text) >= LEAST_REPEATED and not SENTENCE_END.search(line.text))
    return frozenset(text for text, count in counts.items() if count > 1 and width(text) <= LABEL_WIDTH)


def _is_caption(line: Line) -> bool:
    text = line.text
    if is_caption_line(text):
        return True
    if width(text) > CAPTION_WIDTH or SENTENCE_END.search(text) or _COMMAS.search(text):
        return False
    return text.rstrip("）)】]").endswith(tuple(words_of("captions", "ending_alone"))) and line_kind(text) is None


def _is_stray_note(line: Line, shape: Shape) -> bool:
    """A count, a time or a rank alone on its line, as widgets between paragraphs leave them."""
    return shape is Shape.NOTE and not line.begins and (is_dateline(line.text) or not any(map(str.isalpha, line.text)))


def _short_lines(lines: Sequence[Line]) -> int:
    """How many of the first lines are too short for a headline and no sentences, without a bullet each."""
    count = 0
    for line in lines:
        if shape_of(line.text) not in (Shape.SHORT, Shape.NOTE, Shape.BUTTON) or SENTENCE_END.search(line.text) or line.begins:
            break
        count += 1
    return count


def _items_below(lines: Sequence[Line]) -> int:
    """How many lines under a label are its items: headlines up to the next sentence, and one alone where a paragraph follows."""
    count = 0
    for index, line in enumerate(lines):
        is_item = shape_of(line.text) is Shape.HEADLINE and not SENTENCE_END.search(line.text.rstrip("?？!！…"))
        is_subhead = index > 0 and not line.begins and index + 1 < len(lines) and shape_of(lines[index + 1].text) is Shape.PROSE
        if not is_item or is_subhead:
            break
        count += 1
    return count


def _listing(label: Line, items: Sequence[Line]) -> FoundListing:
    place = f"lines {label.number} to {items[-1].number}"
    found = tuple(FoundItem(line.text, line.href) for line in items)
    reason = f"{len(found)} headlines under a known label amid the article"
    return FoundListing(label_in(label.text) or label.text, found, place, 0.8, reason)


def _pointed(line: Line) -> FoundListing | None:
    """A line that points to another story: "Read more: …"."""
    parts = _POINTER.match(line.text)
    if parts is None or width(parts[2]) < HEADLINE_WIDTH.start or not line_key(parts[2]):
        return None
    place = f"lines {line.number} to {line.number}"
    return FoundListing(parts[1].strip(), (FoundItem(parts[2].strip(), line.href),), place, 0.8, "a line that points to another story")


def _tail(below: Sequence[Line]) -> list[str]:
    """Lines directly under the article, up to the first label or comment."""
    tail = []
    for line in below[:MOST_TAIL]:
        if shape_of(line.text) in (Shape.LABEL, Shape.COMMENTS):
            break
        tail.append(without_readings(line.text))
    return tail
