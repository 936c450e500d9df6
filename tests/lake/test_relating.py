"""Copies and stories of a lake: told at once or not at all, by one run at a time, the same as those of a file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.relation.articles import Given, Relater, load, relater_of
from tests.relation.own_texts import report
from tests.relation.test_relations import LATER, elsewhere, post
from tests.relation.test_resumed import made
from warehouse.ask import ask
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.queries import explain_page
from warehouse.relating import gathering
from warehouse.relating.told import unrelated
from warehouse.snapshot import publish_snapshot

RUN, NEXT = "a" * 16, "b" * 16
TOLD = ("core.copies", "core.stories")
QUESTIONS = (
    *(f"FROM {table} ORDER BY ALL" for table in TOLD),
    "FROM mart.mirrors_by_host ORDER BY ALL", "FROM mart.outlets_copied ORDER BY ALL", "FROM mart.forgery ORDER BY ALL",
    "SELECT page_id, story_id FROM mart.articles ORDER BY ALL", "SELECT page_id, story_id, copy_of FROM mart.publications ORDER BY ALL",
    "SELECT page_id, story_id FROM search_articles('mon', stories := true) ORDER BY ALL",
)  # fmt: skip
COUNTS = "SELECT (SELECT count(*) FROM core.copies), (SELECT count(*) FROM core.stories)"


@pytest.fixture
def relater(lake: LakeAddress, home: Path) -> Iterator[Relater]:
    with relater_of(lake, home) as opened:
        yield opened


def copied(count: int = 12) -> list[Given]:
    """Stories, each with a copy."""
    return [each for n in range(count) for each in (post(n), elsewhere(post(n), f"https://blog.example/p/{n}", published=LATER))]


def test_a_lake_says_of_copies_and_stories_what_a_file_says(relater: Relater, lake: LakeAddress, tmp_path: Path):
    given = made()
    relater.relate(RUN, *given)
    with relater_of(tmp_path / "file", tmp_path / "file") as file:
        file.relate(RUN, *given)
        publish_snapshot(file.con, tmp_path / "file")
    said = [[ask(place, question).rows for question in QUESTIONS] for place in (lake, tmp_path / "file")]
    assert said[0] == said[1] and all(said[0])
    page = said[0][0][0][0]
    told = [explain_page(place, page) for place in (lake, tmp_path / "file")]
    assert told[0] == told[1] and told[0][0]["copies"]


def test_what_is_decided_in_many_steps_is_told_in_one_commit(relater: Relater, lake: LakeAddress, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gathering, "LEAST_AT_ONCE", 3)
    seen: list[object] = []
    load(relater.con, copied())
    with open_lake(lake, read_only=True) as reader:

        def look() -> bool:
            seen.extend(reader.execute(COUNTS).fetchall())
            return False

        done = relater.relate(RUN, is_stopped=look)
        assert len(seen) > 4 and set(seen) == {(0, 0)}
        assert reader.execute(COUNTS).fetchall() == [(12, 12)] and done.changed == 24
    turns = "SELECT count(DISTINCT turn) FROM (SELECT turn FROM history.copies UNION ALL SELECT turn FROM history.stories)"
    assert relater.rows(turns) == [(1,)]


def test_who_is_stopped_has_told_nothing_and_the_next_one_tells_all(relater: Relater, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gathering, "LEAST_AT_ONCE", 3)
    asked = iter([False] * 3 + [True])
    assert relater.relate(RUN, *copied(), is_stopped=lambda: next(asked)).is_interrupted
    assert relater.rows(COUNTS) == [(0, 0)] and relater.waiting() > 0
    assert relater.relate(RUN).changed == 24 and relater.waiting() == 0


def test_a_state_of_before_keeps_what_it_said_and_what_was_told_stays_in_history(relater: Relater, lake: LakeAddress):
    quoted = report(50, paragraphs=1)  # an excerpt, until so many have it that it is nobody's
    papers = [elsewhere(post(n), f"https://paper{n}.example/a/{n}", body="\n".join([report(n), quoted, report(100 + n)])) for n in range(9)]
    relater.relate(RUN, *papers[:3])
    before = ask(lake, "SELECT snapshot_id FROM ops.snapshot").rows[0][0]
    was = ask(lake, "FROM core.copies ORDER BY ALL").rows
    relater.relate(NEXT, *papers[3:])
    assert (len(was), ask(lake, "FROM core.copies").rows, relater.rows(COUNTS)) == (2, [], [(0, 0)])
    assert ask(lake, "FROM core.copies ORDER BY ALL", as_of=before).rows == was
    assert {row[0] for row in relater.rows("SELECT run_id FROM history.copies WHERE is_gone")} == {NEXT}


def test_another_home_has_an_index_of_its_own_and_finds_nothing_to_tell(relater: Relater, tmp_path: Path):
    relater.relate(RUN, *copied())
    other = Relater(relater.loader, tmp_path / "other")
    assert other.waiting() == 24
    done = other.relate(NEXT)
    assert (done.articles, done.changed, other.waiting()) == (24, 0, 0)
    assert relater.rows("SELECT DISTINCT run_id FROM core.copies") == [(RUN,)]


def test_what_others_load_meanwhile_is_related_by_the_next_one(relater: Relater, lake: LakeAddress):
    given, late = copied(6), copied(12)[12:]

    def others_load() -> bool:
        if late:
            with open_lake(lake) as con:
                load(con, late)
            late.clear()
        return False

    done = relater.relate(RUN, *given, is_stopped=others_load, most=5)
    assert (done.articles, relater.rows(COUNTS), relater.waiting()) == (12, [(6, 6)], 12)
    assert relater.relate(NEXT).articles == 12 and relater.rows(COUNTS) == [(12, 12)]


def test_what_waits_is_told_until_all_that_is_there_was_seen(relater: Relater, lake: LakeAddress, tmp_path: Path):
    waits = "SELECT article_count, related_count, waiting_count FROM mart.related"
    assert ask(lake, waits).rows == [(0, 0, 0)]
    relater.relate(RUN, *copied(3))
    load(relater.con, copied(5)[6:])
    assert ask(lake, waits).rows == [(10, 6, 4)] and unrelated(relater.con) == 4
    Relater(relater.loader, tmp_path / "other").relate(NEXT)
    assert ask(lake, waits).rows == [(10, 10, 0)] and unrelated(relater.con) == 0
    assert relater.relate("c" * 16).articles == 4
    assert relater.rows("SELECT run_id, article_count FROM ops.relatings ORDER BY ALL") == [(RUN, 6), (NEXT, 10)]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.relation.articles import relater_of
from warehouse.lake import relating
from warehouse.lake.address import LakeAddress
home, catalog, store, when = sys.argv[1:]
tell = relating.tell_changes
def killed_before(*given):
    tell(*given)
    os.kill(os.getpid(), signal.SIGKILL)
with relater_of(LakeAddress.of(catalog, store), Path(home)) as relater:
    if when == "before":
        relating.tell_changes = killed_before
    else:
        in_turn = relater.loader._in_turn
        def killed_after(work):
            in_turn(work)
            os.kill(os.getpid(), signal.SIGKILL)
        relater.loader._in_turn = killed_after
    relater.relate("a" * 16)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_around_the_commit_all_is_told_once(lake: LakeAddress, home: Path, when: str):
    with relater_of(lake, home) as relater:
        load(relater.con, copied())
    command = [sys.executable, "-c", KILLED, str(home), lake.catalog, lake.store, when]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, check=False, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    with relater_of(lake, home) as relater:
        assert relater.rows(COUNTS) == [(0, 0) if when == "before" else (12, 12)]
        assert relater.relate(NEXT).changed == (24 if when == "before" else 0)
        assert relater.rows("SELECT count(*) FROM history.copies") == [(12,)] and relater.waiting() == 0
