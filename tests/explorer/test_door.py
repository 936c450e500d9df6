"""Who may ask, what is said to browsers, and what a query of the reader's own may do."""

import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.explorer.site import Site, exploring

SECRET = "the combination of the safe is 4711"
REACHES_OUT = (
    "FROM read_text('{file}')", "FROM read_csv('{file}')", "FROM '{file}'", "FROM glob('{folder}/*')",
    "FROM query('FROM read_text(''{file}'')')",
    "COPY (SELECT 1) TO '{folder}/out.csv'", "COPY core.articles FROM '{file}'", "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.db'",
    "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true", "SET memory_limit = '100GB'", "RESET memory_limit",
    "PRAGMA enable_profiling; SELECT 1", "SELECT 1; DROP TABLE core.articles", "DELETE FROM core.articles",
    "CREATE TABLE core.mine AS SELECT 1",
    "DETACH warehouse", "SELECT getenv('PATH')", "CREATE SECRET (TYPE s3)", "FROM 'http://127.0.0.1:9/x.parquet'", "-- nothing", "SELEC",
)  # fmt: skip
LONG = "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b"


def test_a_name_that_was_led_here_and_a_page_of_the_web_are_refused(wide_home: Path):
    with exploring(wide_home, names=("explorer.newsroom.example",)) as site:
        port = site.url.rstrip("/").rpartition(":")[2]
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", "explorer.newsroom.example", "EXPLORER.newsroom.example"):
            assert site.get(Host=host).status == 200, host
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port}.evil.example", ""):
            assert site.get("rows.csv?query=FROM+raw.pages", Host=host).status in (400, 421), host
        assert site.get(Origin="https://evil.example").status == 421
        assert site.get("sql?query=SELECT+1", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image").status == 403
        assert site.get(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe").status == 403
        assert site.get(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document").status == 200, (
            "a link in a letter"
        )


def test_only_reading_is_allowed_and_head_gives_the_same_without_its_body(wide: Site):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert wide.get("sql?query=SELECT+1", method=method).status == 405
    for address in ("", "rows.csv?query=SELECT+1", "style.css"):
        answer = wide.get(address, method="HEAD")
        assert (answer.status, answer.text) == (200, "")


@pytest.mark.parametrize("address", ["", "nothing", "style.css", "icon.svg", "sql?query=SELEC", "rows.csv?query=SELECT+1", "at/x/"])
def test_every_answer_forbids_what_a_page_needs_not(wide: Site, address: str):
    told = wide.get(address).headers
    policy = told["content-security-policy"]
    assert (
        policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy and "frame-ancestors 'none'" in policy
    )
    assert (told["x-content-type-options"], told["referrer-policy"]) == ("nosniff", "no-referrer")
    assert ("access-control-allow-origin" not in told and "server" not in told) or told["server"] == "uvicorn"


@pytest.mark.parametrize("query", REACHES_OUT)
@pytest.mark.parametrize("address", ["sql", "rows.csv"])
def test_a_query_reads_the_warehouse_and_nothing_else(wide: Site, tmp_path: Path, query: str, address: str):
    (secret := tmp_path / "secret.csv").write_text(SECRET)
    answer = wide.get(f"{address}?query={quote(query.format(file=secret, folder=tmp_path))}")
    assert SECRET not in answer.text
    assert "xpected" in answer.text and (address == "sql" or answer.status == 400), answer.text
    assert list(tmp_path.iterdir()) == [secret]
    assert wide.get("sql?query=SELECT+count(*)+FROM+core.articles").cells("rows") == [["250"]]


def test_what_a_query_makes_for_itself_is_gone_with_it(wide: Site):
    made = wide.get(f"sql?query={quote('CREATE TABLE memory.main.mine AS SELECT 1 AS one')}")
    assert made.status == 200
    assert "does not exist" in wide.get("sql?query=FROM+memory.main.mine").text
    assert "does not exist" not in wide.get("sql?query=FROM+core.articles").text


def test_a_query_that_takes_too_long_or_too_much_is_stopped_and_says_what_to_do(wide_home: Path):
    with exploring(wide_home, seconds=0.5) as site:
        for address in ("sql", "rows.csv"):
            assert "within 0.5 seconds" in site.get(f"{address}?query={quote(LONG)}").text
        assert site.get(f"rows.csv?query={quote(LONG)}").status == 400
    with exploring(wide_home) as site:
        large = "SELECT list(range) AS everything FROM range(1000000000)"
        assert "needs less memory" in site.get(f"sql?query={quote(large)}").text


def test_a_query_without_end_is_cut_into_pages(wide: Site):
    answer = wide.get("sql?query=FROM+range(100000000000)")
    assert len(answer.cells("rows")) == 100
    assert wide.get(answer.link("next", "rows").partition("#")[0]).cells("rows")[0] == ["100"]


def test_heavy_queries_do_not_keep_the_views_waiting(wide_home: Path):
    with exploring(wide_home, seconds=20) as site:
        heavy = [threading.Thread(target=site.get, args=(f"sql?query={quote(LONG)}",)) for _ in range(4)]
        for each in heavy:
            each.start()
        time.sleep(1)  # they hold their places
        answers = [site.get(address).status for address in ("", "site", "rejects")]
        waiting = [each.is_alive() for each in heavy]
        busy = site.get(f"sql?query={quote('SELECT 1')}")
        for each in heavy:
            each.join()
    assert (answers, waiting) == ([200] * 3, [True] * 4)
    assert busy.status == 503 and "Ask again" in busy.text and busy.headers["retry-after"]


def test_a_reader_who_is_gone_gives_his_place_back(wide_home: Path):
    with exploring(wide_home) as site:
        for _ in range(8):  # twice as many as there are places
            with urllib.request.urlopen(f"{site.url}rows.csv?query=FROM+range(100000000000)", timeout=60) as said:
                assert said.read(100)
