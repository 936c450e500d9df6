"""Which state is shown: the one that is published when a page is asked for, an older one by its address, or none, with what to do."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import duckdb
import pytest

from tests.explorer.hostile import batch, published
from tests.explorer.site import Answer, exploring
from tests.warehouse.staging import load_frames
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

HOLDS = "import sys, duckdb; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    published(tmp_path / "home", batch(3))
    return tmp_path / "home"


def pages_told(answer: Answer) -> str:
    return str(answer.tree.xpath("string(//dt[.='pages']/following-sibling::dd)"))


def states_held(pid: int) -> set[str]:
    """States that a process has open."""
    targets = [link.resolve() for link in Path(f"/proc/{pid}/fd").iterdir() if link.exists()]
    return {path.stem for path in targets if path.parent.name == "snapshots"}


def test_what_is_published_while_it_runs_is_seen_and_the_old_state_let_go(home: Path):
    with exploring(home) as site:
        assert pages_told(site.get()) == "3"
        old = (home / "warehouse.duckdb").resolve().stem
        with open_loader(home) as con:
            load_frames(con, batch(4, seed=1))
            publish_snapshot(con, home)
        assert pages_told(site.get()) == "7"
        assert site.get("sql?query=SELECT+count(*)+FROM+raw.pages").cells("rows") == [["7"]]
        older = site.get(f"at/{old}/")
        assert pages_told(older) == "3" and "An older state" in older.text
        assert site.get(f"at/{old}/rows.csv?query=FROM+raw.pages").csv()[3:] and len(site.get(f"at/{old}/site").cells("sites")) == 3
        assert pages_told(site.get(urljoin(older.url, "../../"))) == "7", "the way back to the current one"
        if sys.platform == "linux":
            assert states_held(os.getpid()) == set(), "nothing is held between two requests"


def test_a_view_may_be_cited_with_its_state_and_stays_as_it_was(home: Path):
    with exploring(home) as site:
        cited = site.get("sql?query=SELECT+count(*)+FROM+raw.pages").link("This view of this state, to cite")
        published_again(home)
        assert site.get(cited).cells("rows") == [["3"]]
        assert site.get(site.get(cited).link("This view of the current one")).cells("rows") == [["7"]]
        unknown = site.get("at/20010101/")
        assert unknown.status == 404 and "broadsheet snapshots" in unknown.text


def test_it_may_be_begun_at_an_older_state(home: Path):
    old = (home / "warehouse.duckdb").resolve().stem
    published_again(home)
    with exploring(home, as_of=old) as site:
        assert pages_told(site.get()) == "3"


def test_without_a_state_or_with_a_locked_or_damaged_one_every_view_says_what_to_do(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    with exploring(home) as site:
        told = [site.get(view) for view in ("", "search?query=a", "sql?query=SELECT+1", "rows.csv?query=SELECT+1")]
        assert [(answer.status, "broadsheet ingest" in answer.text) for answer in told] == [(503, True)] * 4
        path = published(home, batch(3))
        assert site.get().status == 200, "it need not be started again"
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
        with subprocess.Popen([sys.executable, "-c", HOLDS, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout and holder.stdin and holder.stdout.readline()
            locked = site.get()
            holder.stdin.close()
        assert locked.status == 503 and "opened it for writing" in locked.text
        path.write_bytes(path.read_bytes()[:8192])
        assert site.get().status == 503 and "Traceback" not in site.get().text


def test_a_view_whose_marts_this_state_has_not_says_so_and_shows_what_there_is(home: Path):
    path = (home / "warehouse.duckdb").resolve()
    path.chmod(path.stat().st_mode | stat.S_IWUSR)
    with duckdb.connect(str(path)) as con:
        forget(con)
    with exploring(home) as site:
        for view in ("search?query=a", "search?query=a&part=headlines", "search?query=a&part=attention", "search?query=a&part=terms",
                     "site?host=a&part=front", "site?host=a&part=headlines", "damage"):  # fmt: skip
            answer = site.get(view)
            assert answer.status == 200 and "This state has no" in answer.text and "broadsheet ingest" in answer.text, view
            assert answer.link("What is there").endswith("sql")
        assert "these very characters" in site.get("search?query=a").text
        columns = site.get("sql?table=core.articles").tree.xpath("//aside//dt/code/text()")
        assert "body_folded" in columns, "without a dictionary the comments of the columns tell"


def test_links_hold_below_a_path(home: Path):
    with exploring(home, below="/explore") as site:
        seen, waiting = set[str](), [site.url]
        while waiting and len(seen) < 60:
            address = waiting.pop(0)
            answer = site.get(address)
            assert answer.status == 200, address
            seen.add(address)
            if "text/html" in answer.headers["content-type"]:
                inward = {urljoin(address, link).partition("#")[0] for link in answer.links() if not link.startswith("http")}
                assert all(link.startswith(site.url) for link in inward)
                waiting += sorted(link for link in inward - seen - set(waiting))
        assert site.get("style.css").status == site.get("icon.svg").status == 200
        assert len(seen) == 60


def published_again(home: Path) -> None:
    with open_loader(home) as con:
        load_frames(con, batch(4, seed=1))
        publish_snapshot(con, home)


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Drop every mart and macro, as a version had none."""
    views = con.execute("SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    macros = con.execute(
        "SELECT if(function_type = 'macro', 'MACRO ', 'MACRO TABLE ') || schema_name || '.' || function_name FROM duckdb_functions() "
        "WHERE NOT internal"
    ).fetchall()
    for (name,) in [(f"VIEW {view}",) for (view,) in views] + macros:
        con.execute(f"DROP {name}")
