"""Which lines around an article are not part of it: labels of listings, pointers to other stories, credits, notices."""

import re
import unicodedata
from functools import cache

from tasks.dissection.lexicon import words_of

# Longest line that a rule for labels may drop: the longest real credit line on the measured pages has 74 characters.
LABEL_CHARS = 90
NOTICE_CHARS = 3 * LABEL_CHARS  # notices and pointers run on; longer lines are paragraphs, whatever they say
# Readings that mirrors push in after Chinese characters: labels are recognised without them.
_READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ÿāēěīńňōūǎǐǒǔǖǘǚǜ]{1,7}\)")
# （編集・小野寺剛）, (Editing by Ann Lee): a line in brackets that begins with what somebody did.
_IN_BRACKETS = re.compile(r"[（(【\[]\s*([^\s・:：／/]{1,20})[\s・:：／/].*[）)】\]]$")
_MARKS_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
# "Les også: …", "责编|…", "文/…": what stands before the first separator, without bullets and brackets.
_BEFORE_SEPARATOR = re.compile(r"[\W_]*([^:：|｜/／丨︱»>]{1,40}?)\s*[:：|｜/／丨︱»>]")


def fold(text: str) -> str:
    """Letters and digits only, in lower case and one width: what two prints of one line have in common."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def kind_of(line: str) -> str | None:
    """listing_label, pointer, credit, closing or notice (lexicons/furniture.toml says what each is); None for the article's own."""
    if len(line) > NOTICE_CHARS:
        return None
    if "(" in line:
        line = _READING.sub("", line)
    folded = line.casefold()
    is_short = len(line) <= LABEL_CHARS
    if is_short and _MARKS_AROUND.sub("", folded) in words_of("furniture", "listing_label"):
        return "listing_label"
    if head := _BEFORE_SEPARATOR.match(folded):
        if head[1] in words_of("furniture", "pointer"):
            return "pointer"
        if is_short and head[1] in words_of("furniture", "credit"):
            return "credit"
    if is_short and _is_signed(folded):
        return "credit"
    return next((kind for kind in ("closing", "notice") if any(term in folded for term in _phrases(kind))), None)


def _is_signed(folded: str) -> bool:
    """Whether a short line says who did what without a colon: in brackets, or as a sentence of its own."""
    bracketed = _IN_BRACKETS.match(folded)
    return bool(bracketed and bracketed[1] in words_of("furniture", "credit")) or folded.lstrip("([").startswith(_phrases("credit_opening"))


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(words_of("furniture", kind))
