"""However long publishing takes, a run spends most of its time on loading."""

import pytest

from flows import publish_pace
from flows.publish_pace import PublishPace


@pytest.mark.parametrize(("interval", "took", "pause"), [(240, 3, 240), (240, 60, 1140), (240, 12, 240), (5, 10, 5), (3600, 60, 3600)])
def test_a_long_publish_is_followed_by_a_long_pause(monkeypatch: pytest.MonkeyPatch, interval: float, took: float, pause: float):
    now = [1000.0]
    monkeypatch.setattr(publish_pace.time, "monotonic", lambda: now[0])
    pace = PublishPace(interval)
    for _ in range(2):
        with pace.publishing():
            now[0] += took
        assert not pace.is_due()
        now[0] += pause
        assert not pace.is_due()
        now[0] += 1
        assert pace.is_due()
