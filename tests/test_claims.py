"""What docs/reliability.md and docs/security.md claim is proven by tests that exist."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
DOCUMENTS = ("reliability.md", "security.md")


def rows_of(document: str) -> list[str]:
    """Rows of its tables of claims: those whose last column is `proven by`."""
    rows, is_claims = [], False
    for line in (ROOT / "docs" / document).read_text("utf-8").splitlines():
        is_claims = line.startswith("|") and (is_claims or line.rstrip("| ").endswith("proven by"))
        if is_claims and set(line) - set("|-: ") and not line.rstrip("| ").endswith("proven by"):
            rows.append(line)
    return rows


def names_in(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", [row for document in DOCUMENTS for row in rows_of(document)])
def test_a_claim_is_proven_by_tests_that_exist(row: str):
    named = TEST.findall(row.rstrip("| ").rsplit("|", 1)[1])
    assert named, f"name the test that proves it, as `tests/…/test_x.py::test_y`: {row}"
    assert [f"{path}::{test}" for path, test in named if not (ROOT / path).exists() or test not in names_in(ROOT / path)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_stands_in_a_table_of_claims(document: str):
    claimed = {found for row in rows_of(document) for found in TEST.findall(row)}
    assert claimed == set(TEST.findall((ROOT / "docs" / document).read_text("utf-8")))
    assert len(claimed) > 20
