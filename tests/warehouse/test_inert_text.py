"""Rows as CSV: what a spreadsheet would act on is inert, and JSON in a cell stays JSON."""

import csv
import io
import json

import pytest

from warehouse.inert_text import write_csv

HOSTILE = "a\x7fb\x1b[31m\x85\x00=\n"


def written(value: object, *, is_raw: bool) -> str:
    target = io.StringIO()
    write_csv(target, [[value]], is_raw=is_raw)
    return next(csv.reader(io.StringIO(target.getvalue(), newline="")))[0]


@pytest.mark.parametrize("value", [[HOSTILE], {"k": HOSTILE}, [{"=k": [HOSTILE, None]}]])
def test_a_list_or_struct_is_json_that_says_the_same_and_has_no_control_character(value: object):
    cell = written(value, is_raw=False)
    assert json.loads(cell) == value
    assert cell.isprintable()


def test_a_text_has_no_control_character_but_lines_and_tabs_and_an_exact_one_has_all():
    assert written(HOSTILE, is_raw=False) == "a\\x7fb\\x1b[31m\\x85\\x00=\n"
    assert written([HOSTILE], is_raw=True) == json.dumps([HOSTILE], ensure_ascii=False)
