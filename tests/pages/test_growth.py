"""Twice the page, twice the time: no construct of which a page may repeat many costs more than in proportion."""

import math
import time

import pytest

from tasks.pages.limits import DEFAULT_LIMITS
from tasks.pages.read_page import read_page
from tests.pages.growing_pages import CONSTRUCTS, page_of

SIZES = [8_000, 16_000, 32_000, 64_000]  # characters of the construct
MEASURABLE = 0.05  # seconds of CPU; below it start-up and noise are what is measured
MOST_GROWTH = 1.5  # exponent of the size: 1 is linear, 2 quadratic
ATTEMPTS = 3  # a machine may be busy: what grows does so each time


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_time_grows_no_faster_than_the_page(name: str):
    seconds = dict.fromkeys(SIZES, math.inf)
    for _ in range(ATTEMPTS):
        seconds[SIZES[-1]] = min(seconds[SIZES[-1]], cpu_seconds(name, SIZES[-1]))
        if seconds[SIZES[-1]] < MEASURABLE:
            return
        seconds |= {size: min(seconds[size], cpu_seconds(name, size)) for size in SIZES[:-1]}
        if growth(seconds) < MOST_GROWTH:
            break
    table = "  ".join(f"{size} chars {seconds[size]:.3f} s" for size in SIZES)
    print(f"{name}: {table}  exponent {growth(seconds):.2f}")
    assert growth(seconds) < MOST_GROWTH, f"expected {name} to take time in proportion to its size, got {table}"


def growth(seconds: dict[int, float]) -> float:
    """The exponent over the last two doublings, where what every page costs weighs least."""
    return math.log2(seconds[SIZES[-1]] / seconds[SIZES[-3]]) / 2


def cpu_seconds(name: str, chars: int) -> float:
    page = page_of(CONSTRUCTS[name](chars), is_text=name.startswith("text:"))
    began = time.process_time()
    read_page(page, DEFAULT_LIMITS)
    return time.process_time() - began


@pytest.fixture(scope="module", autouse=True)
def _warm_libraries() -> None:
    """Models and word lists are loaded with the first page that needs them."""
    for name in CONSTRUCTS:
        cpu_seconds(name, 2_000)
