"""The one form in which texts are searched: the same in SQL and in Python, and one for all ways to write the same characters."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from warehouse.marts import create_marts
from warehouse.migrate import migrate, migrations
from warehouse.search.fold import fold, fold_map, fold_version

TEXTS = some.text(some.characters(exclude_categories=("Cs",), exclude_characters="\0"))
POINTS = [point for point in range(1, 0x110000) if not 0xD800 <= point < 0xE000]
SCRIPTS = ["Die Fähre über den FLUẞ", "ŁÓDŹ, İstanbul, Đặng", "Ёлка и Київ", "ΑΘΗΝΑΣ και Αθήνας", "الحكومةُ أحمد", "שָׁלוֹם",
           "渡船停運，後天見", "図書館ﾆｭｰｽがガ", "나룻배 ㄱ", "ข่าวภาษาไทย", "हिन्दी क़", "ＡＢＣ①²½ﬁ", "“don’t”—1‑2",
           "a\u200bb\ufeffc\u00ad"]  # fmt: skip


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        migrate(con)
        create_marts(con)
        yield con


def in_sql(con: duckdb.DuckDBPyConnection, text: str) -> str:
    return str(con.execute("SELECT fold(?)", [text]).fetchall()[0][0])


@pytest.mark.parametrize("ways", [
    "廣島 広島 广岛", "網絡 网络 網络", "ＡＢＣ abc ABC", "Müller MÜLLER muller Mu\u0308ller", "أحمد احمد أَحمد", "乾隆 干隆 乾隆",
    "着 著",
    "藉口 借口 藉口", "瞭解 了解 瞭解", "計畫 计划 計劃", "Ёлка елка", "Αθήνας ΑΘΗΝΑΣ", "ﾆｭｰｽ ニュース", "don’t don't",
    "٢٠٢٦ 2026", "Łódź lodz",
    "می‌خواهم میخواهم", "İ i",
])  # fmt: skip
def test_all_ways_to_write_the_same_are_one(ways: str):
    assert len({fold(way) for way in ways.split()}) == 1


@pytest.mark.parametrize("ways", ["が か", "क़ क", "안 아", "ข่าว ขาว", "strasse straße"])
def test_letters_that_are_other_letters_stay_apart(ways: str):
    one, other = ways.split()
    assert fold(one) != fold(other)


def test_every_character_folds_in_sql_as_in_python_and_a_fold_is_its_own(con: duckdb.DuckDBPyConnection):
    texts = ["".join(map(chr, POINTS[at : at + 1000])) for at in range(0, len(POINTS), 1000)]
    came = con.execute("SELECT fold(text) FROM (SELECT unnest(?) AS text)", [texts]).fetchall()
    assert [text for (text,) in came] == [fold(text) for text in texts]
    assert all(fold(fold(text)) == fold(text) for text in texts)


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_text_of_any_script_folds_in_sql_as_in_python(con: duckdb.DuckDBPyConnection, text: str):
    assert in_sql(con, text) == fold(text) == fold(fold(text))


@pytest.mark.parametrize("text", SCRIPTS[:7])
def test_a_decomposed_text_folds_as_a_composed_one(text: str):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_any_text_folds_in_sql_as_in_python(con: duckdb.DuckDBPyConnection, text: str):
    assert in_sql(con, text) == fold(text)


def test_a_character_becomes_one_character_or_none():
    before, after = fold_map()
    assert len(set(before)) == len(before) > len(after) and "\x1e" not in before + after and not {"\n", " "} & set(before)


def test_the_newest_migration_that_folds_did_it_with_the_map_of_today():
    marked = [found[1] for each in migrations() if (found := re.search(r"^-- Fold +(\w+)$", each.path.read_text("utf-8"), re.MULTILINE))]
    assert marked[-1] == fold_version(), "fold.tsv has changed: add a migration that folds what is there anew, as 0017_fold.sql does"


def test_what_was_folded_otherwise_is_folded_anew(tmp_path: Path):
    with duckdb.connect(str(tmp_path / "old.duckdb")) as old:
        for migration in migrations()[:16]:
            old.execute(migration.path.read_text("utf-8"))
            old.execute("INSERT INTO ops.migrations VALUES (?, ?, now(), 'x')", [migration.number, migration.name])
        old.execute("INSERT INTO core.articles BY NAME SELECT repeat('a', 16) AS page_id, "
                    "'瞭解 Müller' AS title, '計畫' || chr(10) || 'Łódź' AS body, "
                    "[] AS tags, 1 AS char_count, 1 AS paragraph_count, repeat('b', 16) AS text_fingerprint, [] AS quality_flags, "
                    "repeat('c', 16) AS run_id, 'old' AS title_folded")  # fmt: skip
        old.execute("INSERT INTO core.listing_items BY NAME SELECT repeat('a', 16) AS page_id, 1 AS listing_number, n AS position, "
                    "'hot' AS kind, headline, now() AS observed_at, repeat('c', 16) AS run_id "
                    "FROM (VALUES (1, '廣島'), (2, 'Ä' || chr(30) || 'Ö'), (3, '廣島'), (4, 'ＡＢＣ')) AS t(n, headline)")  # fmt: skip
        migrate(old)
        assert old.execute("SELECT title_folded, body_folded FROM core.articles").fetchall() == [("了解 muller", "计画\nlodz")]
        folded = old.execute("SELECT position, headline_folded FROM core.listing_items ORDER BY position").fetchall()
    assert folded == [(1, "广岛"), (2, "a\x1eo"), (3, "广岛"), (4, "abc")]
