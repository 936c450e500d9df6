"""Whether questions in a text are put to somebody who answers them, or only head its parts."""

import re
from collections.abc import Sequence
from functools import cache

from tasks.dissection.words.lexicon import load_lexicon, words_of

INTRO_CHARS = 1500  # of the lines before the first question: what a page says of its own form stands there
# Shares of questions and answers. An explainer speaks of "you" in some questions and of "we" in hardly any answer.
LEAST_ADDRESSED, LEAST_ANSWERED = 0.3, 0.3
MOSTLY_ANSWERED = 0.6
_QUOTED = re.compile(r"[“\"„«「『][^”\"“»」』]{0,600}[”\"“»」』]")
_JOINED = frozenset({"zh", "ja", "ko", "th", "yue"})  # written without blanks, or with endings where others have words


def is_declared(*texts: str) -> bool:
    """Whether a headline, an opening or a closing note speaks of an interview or of questions and answers."""
    folded = " ".join(texts).casefold()
    return any(phrase in folded for phrase in words_of("dialogue", "declared"))


def greets(question: str) -> bool:
    """Whether a question begins by addressing somebody by name: Herr Weber, …; Ms. Lee, …; 李教授，…"""
    return bool(_greeting().match(question))


def is_spoken(questions: Sequence[str], answers: Sequence[str], lang: str | None) -> bool:
    """Whether questions address somebody and answers speak in the first person, quotations aside."""
    asked = _share(questions, _words("address", lang))
    answered = _share([_QUOTED.sub(" ", text) for text in answers], _words("first_person", lang))
    return asked >= LEAST_ADDRESSED and answered >= LEAST_ANSWERED


def may_be_spoken(questions: Sequence[str], answers: Sequence[str], lang: str | None) -> bool:
    """Whether either side gives a hint; enough where an opening speaks of an interview, which news does of others' too."""
    if not _words("address", lang):
        return True
    asked, answered = _share(questions, _words("address", lang)), _share(answers, _words("first_person", lang))
    return asked >= LEAST_ANSWERED or answered >= LEAST_ANSWERED


def is_personal(answers: Sequence[str], lang: str | None) -> bool:
    """Whether most answers speak in the first person; enough where nothing but questions parts the text."""
    return _share([_QUOTED.sub(" ", text) for text in answers], _words("first_person", lang)) >= MOSTLY_ANSWERED


def addresses(text: str, table: str, lang: str | None) -> bool:
    """Whether a text has a word of `address` or `first_person` in its language."""
    pattern = _words(table, lang)
    return pattern is not None and pattern.search(text) is not None


def _share(texts: Sequence[str], pattern: re.Pattern[str] | None) -> float:
    return sum(1 for text in texts if pattern and pattern.search(text)) / len(texts) if texts else 0.0


@cache
def _words(table: str, lang: str | None) -> re.Pattern[str] | None:
    """Any word of a language's list, with its case; words written small also with a capital, as sentences begin."""
    words = load_lexicon("dialogue")[table].get(lang or "", ())
    if not words:
        return None
    every = dict.fromkeys(form for word in words for form in (word, word[0].upper() + word[1:]))
    joined = "|".join(re.escape(word) for word in sorted(every, key=len, reverse=True))
    return re.compile(joined if lang in _JOINED else rf"(?<!\w)(?:{joined})(?!\w)")


@cache
def _greeting() -> re.Pattern[str]:
    before = "|".join(re.escape(word) for word in sorted(words_of("dialogue", "honorific"), key=len, reverse=True))
    behind = "|".join(re.escape(word) for word in words_of("dialogue", "honorific_behind"))
    return re.compile(rf"[\W_]*(?:(?i:{before})\.?\s[^,，?!.]{{2,40}},|[^\W\d_]{{1,5}}(?:{behind})[，,、])")
