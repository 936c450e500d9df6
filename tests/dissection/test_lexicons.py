"""Every entry of every lexicon is recognised, in its language, by the function that reads it."""

import re
import tomllib

import pytest

from tasks.dissection.words.lexicon import DATA, FOLDER, LEXICONS, load_lexicon
from tasks.dissection.words.months import month_number
from tests.dissection.lexicon_readers import READERS

# Asked as whole words, or as ends of a text, by words_of itself: that they are written small is all there is to test.
ASKED_WHOLE = {
    ("buttons", "beside_headline"), ("buttons", "under_comment"), ("captions", "ending_alone"), ("names", "outlet_words"),
    ("page_kinds", "needs_script"), ("sources", "with"), ("sources", "agencies"), ("sources", "account"), ("times", "clock_words"),
    ("topics", "form"), ("topics", "outlet_endings"), ("topics", "topic_paths"), ("topics", "tag_paths"),
    ("topics", "person_paths"),
}  # fmt: skip
WITH_UNITS = {("relative_times", table) for table in ("before", "after", "needs_after", "one")}  # read with the units of time
OF_OTHER_SHAPES = {("times", "zones"), ("times", "named"), ("times", "solar_hijri")}
CASED = {("dialogue", table) for table in ("question_label", "answer_label", "letter_pair", "address", "first_person")}
TABLES = [(stem, table) for stem, tables in LEXICONS.items() for table in tables]


@pytest.mark.parametrize(("stem", "table"), [(stem, table) for stem in READERS for table in READERS[stem]])
def test_every_entry_is_recognised_by_its_reader(stem: str, table: str) -> None:
    is_read = READERS[stem][table]
    missed = [(lang, entry) for lang, entries in load_lexicon(stem)[table].items() for entry in entries if not is_read(entry, lang)]
    assert not missed, f"[{table}] of lexicons/{stem}.toml: mend the reader, or write the entry as readers see it"


def test_every_table_has_a_reader() -> None:
    read = {(stem, table) for stem, tables in READERS.items() for table in tables if table in LEXICONS[stem]}
    assert read | ASKED_WHOLE | WITH_UNITS | OF_OTHER_SHAPES == set(TABLES)


def test_lexicons_and_their_tables_are_those_that_the_code_names() -> None:
    found = {path.stem: set(tomllib.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.toml")}
    assert {stem: tables for stem, tables in found.items() if stem not in DATA} == {stem: set(tables) for stem, tables in LEXICONS.items()}
    assert set(DATA) <= found.keys()


@pytest.mark.parametrize(("stem", "table"), [pair for pair in TABLES if pair not in OF_OTHER_SHAPES | WITH_UNITS])
def test_entries_are_written_as_they_are_compared(stem: str, table: str) -> None:
    for lang, entries in load_lexicon(stem)[table].items():
        assert re.fullmatch("[a-z]{2}|mul|yue", lang), f"[{table}] of lexicons/{stem}.toml: {lang} is no code of ISO 639-1"
        assert len(set(entries)) == len(entries), f"[{table}] {lang} of lexicons/{stem}.toml repeats an entry"
        if (stem, table) not in CASED:
            assert [e for e in entries if e != e.lower()] == [], f"[{table}] {lang} of lexicons/{stem}.toml: write these small"


def test_months_are_recognised_in_their_language() -> None:
    months = [(lang, number, names) for lang, year in load_lexicon("months").items() for number, names in enumerate(year, 1)]
    spellings = [(lang, number, name.replace("_", " ")) for lang, number, names in months for name in names.split()]
    assert [(lang, name) for lang, number, name in spellings if month_number(name, lang) != number] == []
