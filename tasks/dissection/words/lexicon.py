"""Word lists as data: tasks/dissection/words/lexicons/<stem>.toml, read once per process."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicons"
# Every lexicon of words with its tables, by what they mean: one that stands in a file and not here, or here and not there, fails a test.
# Words are listed by language (ISO 639-1; mul: written alike everywhere).
LEXICONS: dict[str, tuple[str, ...]] = {
    "block_names": (
        "caption", "byline", "share", "filed", "comment", "letter", "related", "menu", "legal", "beside", "above", "lead", "headline",
        "about", "content",
    ),
    "buttons": ("more", "to_all", "control", "at_picture", "beside_headline", "beside_credit", "under_comment"),
    "captions": ("credit_opening", "opening", "ending", "ending_alone", "credit_ending", "between_names", "whole_credit"),
    "class_names": (
        "hot", "recommended", "related", "latest", "section", "tags", "topic", "person", "source", "teaser", "time", "duration",
        "comment", "like", "read", "other", "rank",
    ),
    "counts": (
        "comment", "like", "read", "other", "measure_words", "thousand", "ten_thousand", "hundred_thousand", "million", "ten_million",
        "hundred_million",
    ),
    "credit_labels": (
        "editor", "editor_by", "source", "translator", "translator_by", "photographer", "photographer_by", "picture", "author",
        "author_by", "other", "line", "line_opening", "picture_other", "byline", "byline_of_others",
    ),
    "dialogue": (
        "question_label", "answer_label", "letter_pair", "interviewer", "interviewee", "outlet_ending", "nobody", "saying", "declared",
        "address", "first_person", "closing", "honorific", "honorific_behind", "talked_with", "spokesperson", "after_name", "surname",
        "office",
    ),
    "listing_labels": (
        "author", "hot", "related", "recommended", "latest", "section", "label", "pointer", "opening", "comments", "sponsored",
        "menus", "slots", "networks", "sources",
    ),
    "names": ("outlet_words", "nobody", "titles", "job", "job_kind", "section", "degrees", "and", "organisation"),
    "notices": ("closing", "notice", "reading_time", "author_box", "tags", "home"),
    "page_kinds": ("error_title", "needs_script", "list_path"),
    "relative_times": (
        "before", "after", "needs_after", "one", "minute", "hour", "day", "week", "month", "year", "two_minutes", "two_hours",
        "two_days", "two_weeks", "two_months", "minute_ago", "hour_ago", "day_ago", "week_ago", "month_ago", "now", "today",
        "yesterday", "day_before", "weekdays",
    ),
    "sources": ("no_source", "attribution", "with", "agencies", "account", "republished", "this_text"),
    "times": (
        "zones", "named", "before_noon", "after_noon", "solar_hijri", "modified", "published", "as_of", "date", "event", "today",
        "comment", "rights", "clock_words",
    ),
    "topics": ("form", "outlet_endings", "topic_paths", "tag_paths", "person_paths"),
}  # fmt: skip
DATA = ("agencies", "family_names", "function_words", "media", "months", "zones")  # of other shapes: each file says which


class Affixes:
    """Words that a text may begin or end with: only those of its first or last letter are tried, of hundreds."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, tuple[str, ...]] = {}
        self._by_last: dict[str, tuple[str, ...]] = {}
        for word in words:
            self._by_first[word[0]] = (*self._by_first.get(word[0], ()), word)
            self._by_last[word[-1]] = (*self._by_last.get(word[-1], ()), word)

    def begin(self, text: str) -> bool:
        """Whether one of them begins the text."""
        return text.startswith(self._by_first.get(text[:1], ()))

    def end(self, text: str) -> bool:
        """Whether one of them ends it."""
        return text.endswith(self._by_last.get(text[-1:], ()))


@cache
def load_lexicon(stem: str) -> dict[str, Any]:
    """The lexicon of that name, one of LEXICONS. Raises FileNotFoundError, which is a fault of the installation, where it is missing."""
    return tomllib.loads((FOLDER / f"{stem}.toml").read_text(encoding="utf-8"))


@cache
def words_of(stem: str, table: str) -> frozenset[str]:
    """All words of one table of a lexicon, of every language, in lower case."""
    lists = load_lexicon(stem)[table].values()
    return frozenset(word.casefold() for words in lists for word in words)
