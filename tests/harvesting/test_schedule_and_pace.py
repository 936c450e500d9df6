"""When a URL is asked again, and how long a host is left alone."""

import random
from datetime import UTC, datetime

import pytest

from tasks.harvesting.pace import Pace
from tasks.harvesting.robots import rules_in
from tasks.harvesting.schedule import BOUNDS, next_interval

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def intervals(kind: str, *outcomes: str) -> list[int | None]:
    told: list[int | None] = [next_interval(kind, "new", None)]
    for outcome in outcomes:
        told.append(next_interval(kind, outcome, told[-1]))
    return told


def test_a_front_page_that_changes_is_asked_more_and_more_often_down_to_a_bound():
    told = intervals("front", *["changed"] * 10)
    assert told == sorted(told, reverse=True) and told[-1] == BOUNDS["front"].least


def test_a_feed_that_does_not_change_is_asked_less_and_less_often_up_to_a_bound():
    told = intervals("feed", *["unchanged"] * 20)
    assert told == sorted(told) and told[-1] == BOUNDS["feed"].most


def test_a_story_that_has_not_changed_for_a_month_is_settled_and_one_that_changed_is_not():
    assert intervals("page", *["unchanged"] * 5)[-1] is None
    assert intervals("page", "changed", "changed", "changed")[-1] == BOUNDS["page"].least


def test_what_is_gone_is_never_asked_again_and_what_failed_is_soon():
    assert next_interval("page", "refused", 86_400, 410) is None
    assert next_interval("page", "failed", 86_400) == next_interval("page", "refused", 86_400, 500) == 3600


@pytest.mark.parametrize(("retry_after", "least"), [("7", 7), ("Sun, 01 Mar 2026 08:01:00 GMT", 60), (None, 20), ("soon", 20), ("-5", 20)])
def test_a_host_that_is_busy_is_left_alone_as_it_says_or_longer_with_each_attempt(retry_after: str | None, least: float):
    pace = Pace(2.0, lambda: False, random.Random(1))
    waits = [pace.wait_after(retry_after, 3, NOW) for _ in range(50)]
    assert least <= min(waits) and max(waits) <= 1.3 * least and len(set(waits)) == 50  # never a round number


def test_robots_txt_may_slow_a_harvest_down_and_never_hurry_it():
    pace = Pace(2.0, lambda: False)
    pace.slow_to(rules_in(b"User-agent: *\nCrawl-delay: 0.1").seconds_between)
    assert pace.seconds_between == 2.0
    pace.slow_to(rules_in(b"User-agent: broadsheet\nCrawl-delay: 9\n").seconds_between)
    assert pace.seconds_between == 9.0


def test_rules_for_broadsheet_go_before_those_for_all():
    rules = rules_in(b"User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nDisallow: /private\n")
    assert rules.why_not("https://news.example/a") is None
    assert rules.why_not("https://news.example/private/a") == "robots_disallow"
