"""What can be a source: the name of an outlet or agency, without marks, buttons, dates and placeholders."""

import re
from dataclasses import dataclass

from tasks.dissection.markup.text_runs import RUN
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.text import CJK, squeeze

MOST_CHARS = 40  # the longest real source on the measured pages has 24: two institutes and "etc."
MARKS = " \t|｜·•-–—:：()（）[]【】《》,，、>»©"
DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[:：]\d\d|\d{1,2}月\d{1,2}日|\d{1,2}[-/]\d{1,2}")
_NONE = re.compile(r"[\d\W]*|.*(?:https?:|www\.|@|有限公司).*")
_SENTENCE = re.compile(r"[。！？!?]|[a-z]\.\s|：|:\s")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A place that names a source: `rule` for the evidence, `name` as core.credits holds it."""

    rule: str
    name: str
    printed: str


def clean_source(value: str) -> str | None:
    """The source in a value that may go on with buttons; None where there is none. Joint sources stay one: 甲院、乙院等."""
    value = next((run for run in (part.strip(MARKS) for part in value.split(RUN)) if run), "")
    first = value.split(" ")[0]
    name = squeeze(DATE.split(first if CJK.search(first) else value)[0]).strip(MARKS).removesuffix("。").removesuffix(".")
    if not 2 <= len(name) <= MOST_CHARS or _NONE.fullmatch(name) or _SENTENCE.search(name):
        return None
    words = name.split()
    if sum(word.islower() for word in words) > len(words) / 2 or (value.endswith(".") and len(words) > 3 and not name.istitle()):
        return None
    folded = name.casefold()
    return None if folded in words_of("sources", "no_source") or folded in words_of("buttons", "beside_credit") else name
