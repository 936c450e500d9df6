"""core.local_time: the clock on the wall where the page was written."""

from datetime import datetime
from pathlib import Path

import pytest

from warehouse.connection import open_loader
from warehouse.marts import create_marts


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("+08:00", datetime(2025, 1, 2, 6, 30)),
        ("-03:30", datetime(2025, 1, 1, 19, 0)),
        ("Europe/Berlin", datetime(2025, 1, 1, 23, 30)),
        ("+05:45", datetime(2025, 1, 2, 4, 15)),
        ("UTC", datetime(2025, 1, 1, 22, 30)),
        (None, datetime(2025, 1, 1, 22, 30)),
    ],
)
def test_an_instant_is_told_by_the_clock_of_its_zone(tmp_path: Path, zone: str | None, expected: datetime):
    with open_loader(tmp_path) as con:
        create_marts(con)
        told = con.execute("SELECT core.local_time(TIMESTAMPTZ '2025-01-01 22:30:00+00', $zone)", {"zone": zone}).fetchall()
    assert told == [(expected,)]
