"""From what trafilatura extracted to the paragraphs of the article: without the headline, its labels and the tail."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.captions import is_caption_line
from tasks.dissection.words.furniture import LABEL_CHARS, NOTICE_CHARS, is_dateline, kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.names import BEHIND_NAMES, says_role, split_names
from tasks.dissection.words.people import is_person
from tasks.dissection.words.sentences import RUN_BYTES, SENTENCE_END, is_running
from tasks.dissection.words.text import line_key

# A listing or a notice ends the article where less than this share of its text stands behind it.
TAIL_SHARE = 0.25

SCRAP_BYTES = 24  # of a line behind the last sentence: eight Chinese characters, a button's worth
LAST_LINES = 6  # of an extraction, in which a credit may be glued to a paragraph: notices follow it
SIGN_OFF_CHARS = 40
_INITIALS = re.compile(r"(?:[A-ZÄÖÜ]{2,5}(?:[/,]\s?[\w-]{2,8})*\s)?\([a-zäöü]{2,4}(?:[/,]\s?[a-zäöü]{2,4}){0,3}\)")
HEAD, SHORT = 4, 16  # letters by which folded texts are told apart first, and characters that hold so many as a rule
CRUMB_CHARS = 30
SPEAKER_TURNS = 3  # lines that one label begins, from which it is a speaker's
# Behind the last sentence: a bracket, or a label of a credit with its mark. The label's words are asked of the lexicon.
_GLUED = re.compile(
    r"(?P<sign>[（(【\[][^（()）【】\[\]]{4,80}[）)】\]])$|(?<=[。！？!?…”」』）).])\s*(?P<label>\w{2,6}\s?[:：|｜/／丨]\s?[^。！？:：]{2,24})$"
)
CREDIT_WORDS = 8  # behind a ©
_IN_WORD = re.compile(r"[^\W\d_]©")
_ONLY_MARKS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The kept lines and, for the evidence, how many were dropped by which rule."""

    lines: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]
    signed: tuple[str, ...] = ()  # the kept lines and, in their places, those that say who made the article

    def under(self, standfirst: str | None) -> "Paragraphs":
        """With the standfirst as its first line, unless it says so already."""
        if not standfirst or not self.lines or line_key(standfirst)[:40] in line_key("".join(self.lines)[:3000]):
            return self
        return Paragraphs((standfirst, *self.lines), (*self.dropped, ("standfirst added", 1)), self.signed)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def running_bytes(text: str) -> int:
    """UTF-8 bytes of the lines that are long enough to be running text."""
    return sum(size for line in text.split("\n") if (size := len(line.encode("utf-8", "replace"))) >= RUN_BYTES)


def article_paragraphs(
    text: str, titles: Iterable[str], captions: frozenset[str] = frozenset(), labels: frozenset[str] = frozenset()
) -> Paragraphs:
    """Lines of the article among those of an extraction.

    `titles` are the headlines the page offers, its <title> too; `captions` what it prints with images and `labels` its
    authors and sections, both folded.
    """
    lines = [line for line in map(str.strip, text.split("\n")) if line and not _ONLY_MARKS.fullmatch(line)]
    counts: dict[str, int] = {}
    lines, counts["headline"] = _without_headline(lines, [line_key(t) for t in titles if t])
    lines[-LAST_LINES:] = [without_sign_off(line) for line in lines[-LAST_LINES:]]
    heads = frozenset(text[:HEAD] for text in (*captions, *labels))
    kinds = [_kind(line, captions, labels, heads) for line in lines]
    _keep_speakers(lines, kinds)
    end = _tail_start(lines, kinds)
    counts["tail"] = len(lines) - end
    kept = []
    for line, kind in zip(lines[:end], kinds, strict=False):
        if kind is None:
            kept.append(line)
        else:
            counts[kind] = counts.get(kind, 0) + 1
    while len(kept) > 1 and _is_scrap(kept[-1]):
        kept.pop()
        counts["scrap"] = counts.get("scrap", 0) + 1
    signed = tuple(line for line, kind in zip(lines[:end], kinds, strict=False) if kind in (None, "credit"))
    kept[-1:] = [without_sign_off(line) for line in kept[-1:]]
    while len(kept) > 1 and _signs_off(kept[-1]):
        kept.pop()
        counts["credit"] = counts.get("credit", 0) + 1
    return Paragraphs(tuple(kept), tuple((rule, n) for rule, n in counts.items() if n), signed)


def _kind(line: str, captions: frozenset[str], labels: frozenset[str], heads: frozenset[str]) -> str | None:
    """What the line is if it is not the article's own: by what the page prints elsewhere, else by its words.

    `heads` are the beginnings of `captions` and `labels`: few lines begin so, and only those are folded.
    """
    head = line_key(line[:SHORT])[:HEAD] if heads and len(line) <= NOTICE_CHARS else None
    if head is not None and (head in heads or len(head) < HEAD):
        folded = line_key(line)
        if folded in captions:
            return "caption"
        if folded in labels:
            return "credit"
    return kind_of(line) or ("caption" if is_caption_line(line) and not _names_the_sign(line) else None)


def _names_the_sign(line: str) -> bool:
    """Whether a sentence goes on behind a ©, or a word does: letters in front of it, or more words behind it than a credit has."""
    _, sign, behind = line.rpartition("©")
    return bool(sign) and is_running(line) and (_IN_WORD.search(line) is not None or len(behind.split()) > CREDIT_WORDS)


def _keep_speakers(lines: list[str], kinds: list[str | None]) -> None:
    """What several lines begin with, a colon behind it, is no credit but somebody who speaks."""
    heads = [line.split(":")[0].split("：")[0] if kind == "credit" else "" for line, kind in zip(lines, kinds, strict=True)]
    for index, head in enumerate(heads):
        if head and head != lines[index] and heads.count(head) >= SPEAKER_TURNS:
            kinds[index] = None


def without_sign_off(line: str) -> str:
    """The last paragraph without what is glued to its end: 责编：林小河, （原题为《…》）, (Foto: Ann Lee)."""
    for _ in range(3):
        glued = _GLUED.search(line)
        if glued is None or not glued.start() or kind_of(glued["sign"] or glued["label"]) not in ("credit", "notice", "closing"):
            break
        line = line[: glued.start()].rstrip()
    return line


def _signs_off(line: str) -> bool:
    """Whether a last line is an agency or a desk's initials and no more: mit dpa, RND (lee), (al)."""
    if len(line) > SIGN_OFF_CHARS:
        return False
    words = line.strip("().[] ").split()
    agency = agency_named(" ".join(word for word in words if word.casefold() not in words_of("sources", "with")).replace("/", " "))
    return agency is not None or bool(_INITIALS.fullmatch(line))


def _without_headline(lines: list[str], titles: list[str]) -> tuple[list[str], int]:
    """Lines above the first running paragraph go where they repeat the headline, are a dateline, a byline or a short item of a list."""
    top = next((i for i, line in enumerate(lines) if is_running(line)), 0)
    kept = [line for line in lines[:top] if not (_repeats(line, titles) or is_dateline(line) or _is_crumb(line) or _is_byline(line))]
    first = [line for line in lines[top : top + 1] if not _repeats(line, titles)]
    return kept + first + lines[top + 1 :], top + 1 - len(kept) - len(first) if lines else 0


def _is_crumb(line: str) -> bool:
    """Whether it is a section or a button in a list above the article."""
    return line.startswith("- ") and len(line) <= CRUMB_CHARS and not SENTENCE_END.search(line)


def _is_byline(line: str) -> bool:
    """Whether it says who wrote and no more: By Ann Lee and Bo Berg."""
    if len(line) > LABEL_CHARS or SENTENCE_END.search(line) or says_role(line) != "author":
        return False
    names = split_names(BEHIND_NAMES.split(line)[0])
    return bool(names) and all(map(is_person, names))


def _is_scrap(line: str) -> bool:
    """Buttons and reactions under an article; not sign-offs, which letters with case have there."""
    if line.lower() != line.upper() and not line.startswith("- "):
        return False
    return len(line.encode("utf-8", "replace")) < SCRAP_BYTES and not SENTENCE_END.search(line)


def _repeats(line: str, titles: list[str]) -> bool:
    """Whether the line is a headline, a cut-off one, or a headline behind a kicker."""
    folded = line_key(line)
    if len(folded) < 4:
        return False
    return any(
        folded == title
        or (len(folded) >= 8 and folded in title)
        or (len(title) >= 12 and folded.endswith(title) and len(folded) < 2 * len(title))
        for title in titles
    )


def _tail_start(lines: list[str], kinds: list[str | None]) -> int:
    """Index behind the article's last line.

    A closing line near the end always ends it; a label or notice does where what follows is headlines and scraps rather
    than sentences.
    """
    sizes = [len(line) for line in lines]
    total, rest, sentences = sum(sizes), 0, 0
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        kind = kinds[index]
        if kind == "closing" or (kind in ("listing_label", "notice") and sentences <= rest / 2):
            end = index
        rest += sizes[index]
        sentences += sizes[index] if is_running(lines[index]) else 0
        if rest >= TAIL_SHARE * total:
            break
    return end
