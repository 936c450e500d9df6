"""Committers over overlapping batches, killed -9 at random, PostgreSQL stopped once: what is lost, what comes twice, what readers see.

    uv run python -m tests.bench.lake_kills [--committers 4] [--kills 50] [--batches 200] [--without-sentinel]

With --without-sentinel the same must fail; then the exit code is 0 as well.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.lake.crowd import Crowd, lost_and_double
from tests.lake.postgres import PostgresServer, running_postgres
from warehouse.lake.address import LakeAddress
from warehouse.lake.create import create_lake


def main() -> int:
    """Print what came of it; 0 where it is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--committers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--batches", type=int, default=200)
    parser.add_argument("--without-sentinel", action="store_true")
    given = parser.parse_args()
    flags = ("without-sentinel",) if given.without_sentinel else ()
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        lake = LakeAddress.of(server.database(), str(Path(folder) / "store"))
        create_lake(lake)
        crowd = Crowd(lake, given.batches, flags)
        began = time.monotonic()
        disturb(crowd, server, given.committers, given.kills)
        wrong = lost_and_double(lake, given.batches)
    seconds = time.monotonic() - began
    print(f"{given.committers} committers, {given.batches} batches, {crowd.kills} kills, {seconds:.0f} s; exits {crowd.ended}")
    print(f"against what there should be: {wrong}; acknowledged {len(crowd.acknowledged)} of {given.batches}")
    print(f"{crowd.checks} reader checks, {len(crowd.wrong)} inconsistent {crowd.wrong[:3]}")
    is_right = not any(wrong.values()) and not crowd.wrong and len(crowd.acknowledged) == given.batches
    return int(is_right is given.without_sentinel)


def disturb(crowd: Crowd, server: PostgresServer, committers: int, kills: int) -> None:
    """Until they are killed so often; then they may end."""
    crowd.start(committers)
    for kill in range(kills):
        crowd.kill_one(1.0)
        crowd.look()
        if kill == kills // 2:
            server.stop()
            server.start()
    crowd.join()
    crowd.look()


if __name__ == "__main__":
    raise SystemExit(main())
