"""Articles of a lake that a load has left to another run to relate."""

from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

from tests.conftest import Run
from warehouse.ask import ask
from warehouse.lake.address import LakeAddress


def expect_told_until_related(
    broadsheet: Run, load: CompletedProcess[str], lake: LakeAddress, home: Path, environment: Mapping[str, str]
) -> None:
    """The load, doctor, `lake status` and the mart say that all articles wait; `relate` relates them, and nobody says so any more."""
    assert load.returncode == 0, load.stderr
    (waiting,) = ask(lake, "SELECT waiting_count FROM mart.related WHERE waiting_count = article_count").rows[0]
    assert f"{waiting} articles of this lake wait to be related" in load.stderr and "not related yet" in load.stdout
    assert "whether they are copies no row says" in broadsheet("doctor", env=environment).stdout
    assert f"not related     {waiting:>12}" in broadsheet("lake", "status", env=environment).stdout
    related = broadsheet("relate", "--home", home, env=environment)
    assert related.returncode == 0, related.stderr
    assert "not related" not in broadsheet("lake", "status", env=environment).stdout
    assert ask(lake, "SELECT waiting_count FROM mart.related").rows == [(0,)]
