"""It does not matter for relations how many articles came at once, or when a run was killed."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tasks.loading.lake_upkeep import maintain
from tests.bench.copied_corpus import Source, corpus
from tests.conftest import ROOT
from tests.relation.articles import Given, load, relater_of
from tests.relation.own_texts import report
from warehouse.connection import open_loader
from warehouse.lake.address import LakeAddress
from warehouse.relating.texts_file import TEXTS_FILE

RUN = "a" * 16
ROWS = "SELECT * EXCLUDE (run_id) FROM core.copies ORDER BY ALL"


def made() -> list[Given]:
    """Every kind of copy of a few dozen reports."""
    sources = [Source(report(number, "zh" if number % 3 == 0 else "en", 9), "zh" if number % 3 == 0 else "en") for number in range(20)]
    found = {each.given.page_id: each.given for each in corpus(sources[2:], sources[:2])}
    return list(found.values())


def rows_after(
    home: Path, steps: Sequence[Sequence[Given]], at_once: int, place: Path | LakeAddress | None = None
) -> list[tuple[object, ...]]:
    with relater_of(place or home, home) as relater:
        for step in steps:
            relater.relate(RUN, *step, most=at_once)
        return relater.rows(ROWS)


def lake_of(place: Path | LakeAddress) -> LakeAddress | None:
    return place if isinstance(place, LakeAddress) else None


def test_it_does_not_matter_how_many_came_at_once(tmp_path: Path, place: Path | LakeAddress):
    given = made()
    whole = rows_after(tmp_path / "whole", [given], 10_000)
    assert len(whole) > 80
    assert rows_after(tmp_path / "parts", [given[at : at + 61] for at in range(0, len(given), 61)], 17, lake_of(place)) == whole


@pytest.mark.parametrize(
    ("table", "field", "is_decided_anew"),
    [
        ("core.articles", "title", False),
        ("core.listing_items", "*", False),
        ("core.articles", "published_at", True),
        ("core.credits", "*", True),
    ],
)
def test_what_a_reprocess_has_changed_is_decided_anew_where_it_decides(tmp_path: Path, table: str, field: str, is_decided_anew: bool):
    given = made()[:10]
    with relater_of(tmp_path, tmp_path) as relater:
        relater.relate(RUN, *given)
        relater.con.execute("INSERT INTO ops.changes VALUES (?, ?, ?, ?, 'before', 'after')", ["b" * 16, given[0].page_id, table, field])
        assert bool(relater.waiting()) is is_decided_anew
        relater.relate(RUN)
        assert not relater.waiting()


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1])], ids=["gone", "cut"])
def test_texts_that_are_gone_or_cut_are_made_anew(tmp_path: Path, harm: Callable[[Path], object]):
    given = made()[:70]
    whole = rows_after(tmp_path / "whole", [given], 10_000)
    assert rows_after(tmp_path / "harmed", [given[:40]], 10_000) != whole
    harm(tmp_path / "harmed" / TEXTS_FILE)
    assert rows_after(tmp_path / "harmed", [given[40:]], 10_000) == whole


def test_articles_that_lie_elsewhere_since_a_file_was_written_anew_are_compared_all_the_same(tmp_path: Path):
    given = made()[:70]
    whole = rows_after(tmp_path / "whole", [given], 10_000)
    rows_after(tmp_path / "moved", [given[:40]], 10_000)
    with open_loader(tmp_path / "moved") as con:  # as after a compaction of a file out of which rows had gone
        con.execute("CREATE TEMP TABLE every AS FROM core.articles; DELETE FROM core.articles")
        con.execute("INSERT INTO core.articles FROM every ORDER BY rowid")
        assert con.execute("SELECT min(rowid) FROM core.articles").fetchall()[0][0] > 0
    assert rows_after(tmp_path / "moved", [given[40:]], 10_000) == whole


def test_small_files_that_were_merged_leave_articles_where_they_were(lake: LakeAddress, tmp_path: Path):
    given = made()[:70]
    whole = rows_after(tmp_path / "whole", [given], 10_000)
    with relater_of(lake, tmp_path) as relater:
        for step in (given[:20], given[20:40]):
            relater.relate(RUN, *step)
    assert maintain(lake, 7, 0.0).merged > 0
    with relater_of(lake, tmp_path) as relater:
        assert relater.waiting() == 0
    assert rows_after(tmp_path, [given[40:]], 10_000, lake) == whole


KILLED = """
import sys
from pathlib import Path
from tests.relation.articles import relater_of
from warehouse.lake.address import LakeAddress
home, *place = sys.argv[1:]
with relater_of(LakeAddress.of(*place) if place else Path(home), Path(home)) as relater:
    print("begun", flush=True)
    relater.relate("a" * 16, most=20)
print("done", flush=True)
"""


def test_killed_at_any_moment_the_relations_are_those_of_an_undisturbed_run(tmp_path: Path, place: Path | LakeAddress):
    given = made()[:70]
    whole = rows_after(tmp_path / "whole", [given], 10_000)
    at = [tmp_path / "killed", *([place.catalog, place.store] if isinstance(place, LakeAddress) else [])]
    where = place if isinstance(place, LakeAddress) else tmp_path / "killed"
    with relater_of(where, tmp_path / "killed") as relater:
        load(relater.con, given)
    outcomes = [run_killed_after(at, seconds) for seconds in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert -signal.SIGKILL in outcomes
    assert run_killed_after(at, 120) == 0
    with relater_of(where, tmp_path / "killed") as relater:
        assert relater.rows(ROWS) == whole and relater.waiting() == 0


def run_killed_after(at: Sequence[object], seconds: float) -> int:
    """How a run ends that is killed unless it is done by then."""
    with subprocess.Popen([sys.executable, "-c", KILLED, *map(str, at)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait()
