"""broadsheet serve: what a team needs, on one machine; see flows/serving."""

import os
import re
import signal
import time
from pathlib import Path

from flows import stop
from flows.invocation import home_option, program
from flows.port_holder import refuse_taken
from flows.serving.claim import claimed, served
from flows.serving.plan import Serving
from flows.serving.supervisor import Supervisor
from flows.terminal import put
from warehouse.errors import SettingsInvalid

CRON = re.compile(r"\S+( \S+){4}")


def run(
    home: Path, drop: Path | None, cron: str, sources: Path | None, port: int, bind: str, work_limit: int, is_status: bool, is_stop: bool
) -> int:  # fmt: skip
    """Serve until asked to end. Raises SettingsInvalid, StorageFailed, OrchestratorUnreachable."""
    at = home.expanduser().absolute()
    if is_status:
        return _tell(at)
    if is_stop:
        return _end(at)
    dropped = drop.expanduser().absolute() if drop else at / "drop"
    serving = Serving(at, port, bind, dropped, cron, sources.absolute() if sources else None, work_limit)
    with claimed(at, {"url": serving.url, "home": str(at), "drop": str(dropped)}) as is_ours:
        if not is_ours:
            return _tell(at)
        _expect_sound(serving, is_made=drop is None)
        stop.say(f"starting Prefect's server on {serving.url}, and a worker; the first time takes longest")
        supervisor = Supervisor(serving)
        try:
            if supervisor.start():
                for line in lines(serving, home):
                    put(line)
                supervisor.keep()
        finally:
            supervisor.end()
    return 0


def lines(serving: Serving, home: Path) -> list[str]:
    """Where to look, and what to do."""
    return [
        f"serving         {serving.home}",
        f"Prefect         {serving.url}: what came today, and from its menu all runs",
        f"Data Docs       {serving.url}/data-docs/",
        f"explorer        {serving.url}/explore/",
        f"drop folder     {serving.drop}: loaded now, at {serving.cron} UTC, and when a file is new",
        *([f"sources         {serving.sources}"] if serving.sources else []),
        f"logs            {serving.folder}",
        f"end             Ctrl-C, or {program()} serve --stop{home_option(home)}",
    ]


def _tell(home: Path) -> int:
    told = served(home)
    if told is None:
        put(f"not served: {home}")
        return 1
    put(f"served already: {home} by process {told.get('pid')}, at {told.get('url')}")
    return 0


def _end(home: Path) -> int:
    """What serves may take as long as its batches under way do."""
    told = served(home)
    if told is None or "pid" not in told:
        put(f"not served: {home}")
        return 0
    os.kill(told["pid"], signal.SIGTERM)
    while served(home) is not None:
        time.sleep(0.2)
    put(f"ended: {home}")
    return 0


def _expect_sound(serving: Serving, is_made: bool) -> None:
    """Raises SettingsInvalid for what would fail only later, in a log."""
    if not CRON.fullmatch(serving.cron):
        raise SettingsInvalid(f"expected --cron as five fields, such as '15 2 * * *', got {serving.cron!r}.")
    if is_made:
        serving.drop.mkdir(exist_ok=True)
    elif not serving.drop.is_dir():
        raise SettingsInvalid(f"expected a folder, found none at {serving.drop}: make it, or correct --drop.")
    refuse_taken(serving.bind, serving.port)
