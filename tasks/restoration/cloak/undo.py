"""A cloaked page, undone: glosses out, damaged stretches read again, each line proved by cloaking it once more."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.restoration.changes import Change
from tasks.restoration.characters.scripts import to_simplified
from tasks.restoration.cloak.evidence import Intact
from tasks.restoration.cloak.forward import HALVED
from tasks.restoration.cloak.glosses import Gloss, glosses_in
from tasks.restoration.cloak.proof import Choice, choose
from tasks.restoration.cloak.search import DAMAGE, MOST_READINGS, CloakedStretch, Effort, read_stretch, unread
from tasks.restoration.cloak.steps import FULL_WIDTH, LOST, Reading

# What cannot be damaged: line ends, and tags in which every character is ASCII.
_BETWEEN_LINES = re.compile(r"\n|<[!/a-zA-Z][\x00-\x3b\x3d\x3f-\x7f]*>")
KNOWN_BONUS = 15.0  # of cost, for a reading that stands intact elsewhere
OPEN_PENALTY = 4.0  # of cost, where a line would end inside quotation marks or close what it never opened
LEAST_SHARE = 0.5  # of the likelihood that a character needs to be written instead of U+FFFD
SURE_SHARE = 0.999  # of the likelihood from which a line that cloaks back counts as proved: rivals cloak back as well
MOST_CANDIDATES = 5  # that are kept with a change
REACH = 200  # characters to the left that may be looked for elsewhere, of which fewer are: a line may be as long as the page
COMPLETE = 0.95  # share of its occurrences that carry the gloss, from which a character counts as one of the dictionary
# What was swallowed between a closing mark and a character was a blank: nothing else stands there.
_BLANK = re.compile(rf"(?<=[”’》」。！？]){LOST}(?=[\u4e00-\u9fff])")
_NARROW = re.compile("[\u4e00-\u9fff][,:?!]")
# Most that each of the characters behind a question mark may cost to read well: bytes read out of step cost 9 to 14 each.
WELL = (9.5, 7.5, 7.5, 7.5)
_PAIRS = ("“”", "（）", "《》", "()")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A damaged part of a line with its readings, best first; `known` has those that stand intact elsewhere, completed."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    known: Mapping[str, str]


def undo(page: str, known: str = "") -> tuple[list[Change], dict[str, str]]:
    """Changes in page order, and the cloak's dictionary as this page shows it: character -> reading.

    The characters are still the mirror's Traditional ones. `known` is intact text of other pages, in Simplified characters.
    """
    lines = list(lines_of(page))
    readings = dictionary(page)
    effort, intact = Effort(), Intact("\n".join((known, to_simplified("\n".join(intact_lines(page))))))
    is_halved = len(_NARROW.findall(page)) > sum(page.count(mark) for mark in "，：？！")
    changes: list[Change] = []
    for start, line in lines:
        for change in _line_changes(line, readings, intact, effort):
            after = change.after.translate(HALVED) if is_halved and change.status != "flagged" else change.after
            moved = replace(change, start=start + change.start, end=start + change.end, after=after)
            changes.append(moved if change.status == "flagged" else _trimmed(page, moved))
    return [c for c in changes if c.status == "flagged" or _told(page[c.start : c.end]) != _told(c.after)], readings


def _told(text: str) -> str:
    """What a text tells beyond its marks: one with fewer U+FFFD and nothing else is no gain."""
    return text.translate(HALVED).replace(LOST, "")


def lines_of(page: str) -> Iterator[tuple[int, str]]:
    """(offset, text) of every stretch between line ends and intact tags that holds anything but ASCII."""
    at = 0
    for match in _BETWEEN_LINES.finditer(page):
        if match.start() > at and not page[at : match.start()].isascii():
            yield at, page[at : match.start()]
        at = match.end()
    if at < len(page) and not page[at:].isascii():
        yield at, page[at:]


def intact_lines(page: str) -> Iterator[str]:
    """Lines that are not damaged, their glosses taken out: question marks that read best as question marks are no damage."""
    nothing_known, effort = Intact(""), Effort(MOST_READINGS // 4)  # the rest is for what is damaged
    for _, line in lines_of(page):
        if LOST not in line:
            stretches, plain = _stretches(line, list(glosses_in(line)), nothing_known, effort)
            if not stretches and not (effort.is_spent and DAMAGE.search(line)):
                yield plain[0]


def dictionary(page: str) -> dict[str, str]:
    """Character -> reading of those that carry their gloss wherever they stand; most mirrors gloss all or none of one."""
    glossed = Counter((gloss.char, gloss.reading) for gloss in glosses_in(page))
    return {char: reading for (char, reading), count in glossed.items() if count >= COMPLETE * max(1, page.count(char))}


def _line_changes(line: str, readings: Mapping[str, str], intact: Intact, effort: Effort) -> list[Change]:
    glosses = list(glosses_in(line))
    stretches, plain = _stretches(line, glosses, intact, effort)
    flagged = unread(line, stretches[-1].end if stretches else 0) if effort.is_spent else []
    if not glosses and not stretches:
        return flagged
    choices = choose(line, plain, [stretch.readings for stretch in stretches], readings)
    is_sure = choices[0].is_proved and choices[0].share >= SURE_SHARE
    outside = (g for g in glosses if not any(s.start <= g.start < s.end for s in stretches))
    changes = [Change(g.start, g.end, "", "gloss", is_proved=is_sure) for g in outside]
    changes += [_change(stretch, number, choices, is_sure) for number, stretch in enumerate(stretches)]
    return sorted(changes + flagged, key=lambda change: change.start)


def _stretches(line: str, glosses: Sequence[Gloss], intact: Intact, effort: Effort) -> tuple[list[_Stretch], list[str]]:
    """Damaged stretches, and the text before, between and behind them without its glosses."""
    stretches: list[_Stretch] = []
    plain, left, at = [""], "", 0
    while not effort.is_spent and (match := DAMAGE.search(line, at)):
        before = _plain(line, at, match.start(), glosses)
        left, plain[-1] = left + before, plain[-1] + before
        found = _read(line, match.start(), left, intact, effort)
        stretch = _ranked(match.start(), found.end, left, found.readings, intact, found.end >= len(line))
        if stretch.readings and _told(stretch.readings[0].text) != _told(line[match.start() : found.end]):
            stretches.append(stretch)
            left, at = left + stretch.readings[0].text, found.end
            plain.append("")
        else:
            left, plain[-1], at = left + match[0], plain[-1] + match[0], match.end()
    plain[-1] += _plain(line, at, len(line), glosses)
    return stretches, plain


def _read(line: str, start: int, left: str, intact: Intact, effort: Effort) -> CloakedStretch:
    """What may have stood at a question mark; nothing but a mark where what follows reads well: nine of ten, for a tenth of the time."""
    following = to_simplified(line[start + 1 : start + 1 + len(WELL)])
    if following[:1].isalpha() and len(following) == len(WELL) and not following.isascii():
        costs = [intact.model.cost(a, b, c) for a, b, c in zip("\n？" + following, "？" + following, following, strict=False)]
        if all(cost <= most for cost, most in zip(costs, WELL, strict=True)):
            return CloakedStretch((), start + 1)
    return read_stretch(line, start, left, intact.model, effort)


def _plain(line: str, start: int, end: int, glosses: Sequence[Gloss]) -> str:
    """line[start:end] without its glosses."""
    out, at = [], start
    first, behind = (bisect_left(glosses, place, key=lambda gloss: gloss.start) for place in (start, end))
    for gloss in glosses[first:behind]:
        out.append(line[at : gloss.start])
        at = gloss.end
    return "".join((*out, line[at:end]))


def _ranked(start: int, end: int, left: str, readings: Sequence[Reading], intact: Intact, ends_line: bool) -> _Stretch:
    """Readings ranked by what the model cannot see: the same words elsewhere, and what a line leaves open."""
    if not readings:  # most marks are no damage, and the line may be as long as the page
        return _Stretch(start, end, (), {})
    known: dict[str, str] = {}
    ranked = []
    context = to_simplified(left[-REACH:])
    for reading in readings:
        text = to_simplified(reading.text)
        cost = reading.cost + (OPEN_PENALTY if _is_open(left + reading.text, ends_line) else 0.0)
        if (full := intact.completed(context, text)) is not None:
            known[reading.text] = full + reading.text[len(full) :]
            cost -= KNOWN_BONUS
        ranked.append(reading._replace(cost=cost))
    return _Stretch(start, end, tuple(sorted(ranked)), known)


def _is_open(text: str, ends_line: bool) -> bool:
    differences = [text.count(pair[0]) - text.count(pair[1]) for pair in _PAIRS]
    return min(differences) < 0 or (max(differences) > 0 and ends_line)


def _change(stretch: _Stretch, number: int, choices: Sequence[Choice], is_sure: bool) -> Change:
    """The change of one stretch: what stands intact elsewhere, else the likeliest text with what nothing determines marked."""
    shares: dict[str, float] = {}
    for choice in choices:
        text = choice.readings[number].text
        shares[text] = shares.get(text, 0.0) + choice.share
    candidates = tuple(sorted(shares.items(), key=lambda item: -item[1]))[:MOST_CANDIDATES]
    best, share = candidates[0]
    text = stretch.known.get(best) or marked(best, shares)
    evidence = "page" if best in stretch.known else "model" if len(shares) > 1 or LOST in text else "round_trip"
    status = "lost" if LOST in text else "restored"
    return Change(stretch.start, stretch.end, text, "bytes", evidence, is_sure and status == "restored", share, candidates, status)


def marked(best: str, shares: Mapping[str, float]) -> str:
    """`best` with U+FFFD for every character that the candidates do not agree upon."""
    alike = {text: share for text, share in shares.items() if len(text) == len(best)}
    out = []
    for at, char in enumerate(best):
        agreed = sum(share for text, share in alike.items() if FULL_WIDTH.get(text[at], text[at]) == FULL_WIDTH.get(char, char))
        out.append(char if agreed >= LEAST_SHARE else LOST)
    return _BLANK.sub(" ", "".join(out))


def _trimmed(page: str, change: Change) -> Change:
    """Without what it has in common with the page at both ends: a search reads on for some characters."""
    before, after = page[change.start : change.end], change.after
    left = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    most = min(len(before), len(after)) - left
    right = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    cut = slice(left, len(after) - right)
    candidates = tuple((text[left : len(text) - right], share) for text, share in change.candidates)
    return replace(change, start=change.start + left, end=change.end - right, after=after[cut], candidates=candidates)
