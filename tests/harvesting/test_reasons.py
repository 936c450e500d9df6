"""Reasons of ops.fetches: one vocabulary, each word of it given somewhere and explained in docs/harvest.md."""

import re

from tests.conftest import ROOT
from warehouse.fetch_reasons import FETCH_REASONS

TOLD = set(re.findall(r"^\| `(\w+)` \| (?:skipped|refused|failed)", (ROOT / "docs" / "harvest.md").read_text("utf-8"), re.MULTILINE))


def test_every_reason_is_explained_and_no_other():
    assert set(FETCH_REASONS) == TOLD


def test_every_reason_is_given_somewhere():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tasks").rglob("*.py"))
    assert not [reason for reason in FETCH_REASONS if f'"{reason}"' not in code]
