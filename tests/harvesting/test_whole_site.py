"""Three hosts, three hundred pages and every trap: what is fetched, what is not, and what a second harvest costs."""

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harvesting.loopback_site import Site
from tests.harvesting.runs import harvested, rows
from tests.harvesting.three_outlets import FORBIDDEN, STORIES, serving, traps, write_sources

BETWEEN = 0.01  # seconds
REASONS = {
    "to-loopback": "redirected", "to-metadata": "redirected", "in-circles": "redirected", "away": "redirected",
    "endless": "too_large", "bomb": "too_large", "dripping": "too_slow", "picture": "not_html", "gone": "http_error",
    "broken": "payload_broken", "cut": "connection_lost", "nonsense": "connection_lost",
}  # fmt: skip


class Resolving:
    """A name server of which two names are not to be trusted: one is inside, one is outside first and then inside."""

    def __init__(self) -> None:
        self.answers = {
            "inside.gazette.test": iter([FORBIDDEN] * 99),
            "rebound.gazette.test": itertools.chain(["127.0.0.13"], [FORBIDDEN] * 99),
        }

    async def __call__(self, host: str, _port: int) -> list[str]:
        return [next(self.answers[host])]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[Site]:
    """After one harvest."""
    with serving() as site:
        site.closing.add("rebound.gazette.test")
        site.pages["rebound.gazette.test", "/stories/second"] = site.pages["gazette.test", "/stories/1"]
        harvested(home, write_sources(site, home, BETWEEN, *traps(site)), resolve=Resolving(), allow=["rebound.gazette.test"])
        yield site


def test_every_allowed_page_is_fetched_once_and_nothing_that_robots_txt_forbids(site: Site):
    asked = Counter((hit.host, hit.path) for hit in site.hits if hit.path.startswith(("/stories", "/private")))
    expected = {(host, f"/stories/{n}"): 1 for host in ("harbour.test", "courier.test", "gazette.test") for n in range(STORIES)}
    expected |= {("gazette.test", "/stories/busy"): 2, ("gazette.test", "/stories/moved"): 1, ("gazette.test", "/stories/moved-here"): 1}
    assert asked == expected


def test_no_request_reaches_an_address_that_is_not_allowed_by_redirect_name_or_rebinding(site: Site, home: Path):
    assert FORBIDDEN not in {hit.address for hit in site.hits}
    assert [hit.path for hit in site.hits if hit.host == "rebound.gazette.test"] == ["/robots.txt"]  # while it was outside
    told = rows(home, "SELECT DISTINCT parse_path(url)[2], reason FROM ops.fetches WHERE reason IN ('address_forbidden', 'outside')")
    hosts = {url.split(":")[0]: reason for url, reason in told}
    assert hosts == {
        "inside.gazette.test": "address_forbidden", "rebound.gazette.test": "address_forbidden",
        FORBIDDEN: "outside", "169.254.169.254": "outside", "elsewhere.example": "outside",
    }  # fmt: skip


@pytest.mark.usefixtures("site")
def test_each_trap_has_its_reason(home: Path):
    trap = "regexp_extract(url, 'traps/(.*)-story', 1)"
    assert dict(rows(home, f"SELECT {trap}, coalesce(reason, outcome) FROM ops.fetches WHERE {trap} <> ''")) == REASONS


def test_the_pause_between_two_requests_of_a_host_is_kept_and_its_answers_are_waited_for(site: Site):
    for host in ("harbour.test", "courier.test", "gazette.test"):
        hits = sorted((hit for hit in site.hits if hit.host == host), key=lambda hit: hit.began)
        early = [late for first, late in itertools.pairwise(hits) if late.began < first.began + BETWEEN]
        assert not early


def test_a_host_that_says_when_to_come_back_is_left_alone_until_then(site: Site):
    first, second = (hit for hit in site.hits if hit.path == "/stories/busy")
    between = [hit for hit in site.hits if hit.host == "gazette.test" and first.began < hit.began < second.began]
    assert (first.status, second.status, between) == (429, 200, [])
    assert second.began - first.began >= 1.0


def test_a_second_harvest_asks_for_nothing_that_is_not_due(site: Site, home: Path):
    before = len(site.hits)
    harvested(home, home / "sources.toml", resolve=Resolving())
    assert site.hits[before:] == []


def test_asked_again_what_has_validators_transfers_no_body_and_what_has_none_is_no_new_capture(site: Site, home: Path):
    before, files = len(site.hits), sorted((home / "harvest" / "pages").rglob("*.gz"))
    tally = harvested(home, home / "sources.toml", resolve=Resolving(), is_again=True)
    again = [hit for hit in site.hits[before:] if hit.status in (200, 304) and "/traps/" not in hit.path]
    assert {hit.path for hit in again if hit.sent} == {f"/stories/{n}" for n in range(STORIES) if n % 10 == 7}  # without any
    assert not tally.outcomes["new"] and not tally.outcomes["changed"]
    assert sorted((home / "harvest" / "pages").rglob("*.gz")) == files


def test_the_user_agent_says_who_asks_and_whom_to_write_to_and_no_cookie_is_sent(site: Site):
    agents = {hit.headers["User-Agent"] for hit in site.hits}
    assert len(agents) == 1 and agents.pop().endswith("(+https://broadsheet.example/crawler)")
    assert not [hit for hit in site.hits if "Cookie" in hit.headers]
