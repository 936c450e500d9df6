"""A story that stands on many sites: what is decided about it costs as much for each of them, however many there are."""

import random
import time
from datetime import timedelta

import pytest

from tasks.relation.names import CalledSites, is_same_outlet
from tasks.relation.origin import origin_of
from tests.relation.articles import NOON
from warehouse.relating.deciding import KnownArticle


def member(number: int) -> KnownArticle:
    """One of many mirrors, each of which credits itself beside the outlet."""
    url, seen = f"https://copy{number}.example/news/{number % 7}.html", NOON + timedelta(minutes=number)
    names = [f"Copy{number} Daily", "Harbour Post"]
    return KnownArticle(
        number, f"{number:016x}", url, url, None, seen, None, None, False, "en", "Harbour Post", names, None, None, None, True, False
    )


def seconds(count: int, brand: str | None) -> float:
    members = [member(number) for number in range(count)]
    brands = {f"copy{number}.example": brand for number in range(count)} if brand else {}
    began = time.process_time()
    assert origin_of(members, brands).member == members[0]
    return time.process_time() - began


@pytest.mark.parametrize("brand", [None, "Harbour Post"])
def test_ten_times_as_many_mirrors_cost_about_ten_times_as_much(brand: str | None):
    seconds(200, brand)
    assert min(seconds(2_000, brand) for _ in range(2)) < 40 * min(seconds(200, brand) for _ in range(3))


def test_a_name_means_the_sites_that_a_comparison_with_each_would_find():
    dice = random.Random(7)
    words = ["harbour", "post", "daily", "的", "日报", "城", "a", "valley", "news" * 20]
    names = ["".join(dice.choices(words, k=dice.randint(1, 3))) for _ in range(120)]
    sites = CalledSites({str(number): [name] for number, name in enumerate(names[:60])})
    for asked in names:
        compared = {str(number) for number, name in enumerate(names[:60]) if is_same_outlet(name, asked)}
        assert set().union(*sites.meant(asked)) == compared
