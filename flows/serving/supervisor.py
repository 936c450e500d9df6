"""The process that serves: it starts the others, keeps them alive, looks at the drop folder, and ends when it is asked to."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from flows import stop
from flows.serving import adopted
from flows.serving.api import Api
from flows.serving.children import Child
from flows.serving.drop_folder import DropFolder
from flows.serving.plan import Serving
from flows.serving.queue import end_lost_runs, skip_equal_runs
from flows.temporary_server import START_SECONDS
from warehouse.errors import OrchestratorUnreachable

LOOK_SECONDS = 0.2
QUEUE_SECONDS = 5.0
END_SECONDS = 10.0  # for a process to end that has nothing left to do


class Supervisor:
    """Ctrl-C, SIGTERM or a closed terminal: runs finish what is under way, then all ends. A second one ends all at once."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._environment = serving.environment()
        self._api = Api(f"{serving.url}/api")
        self._children: dict[str, Child] = {}
        self._asked = 0

    def start(self) -> bool:
        """Everything, in the order in which one needs the other. False where it was asked to end meanwhile.

        Raises OrchestratorUnreachable where the server does not answer, or refuses what it is told.
        """
        for number in stop.ASKING:
            if signal.getsignal(number) is not signal.SIG_IGN or number == signal.SIGINT:  # as flows/stop.py has it
                signal.signal(number, self._hear)
        adopted.adopt_orphans()
        self._serving.folder.mkdir(parents=True, exist_ok=True)
        self._begin("server")
        self._wait_for_server()
        self._register()
        self._wait(lambda: self._asked > 0 or self._is_tidy(), START_SECONDS)
        if not self._asked:
            self._begin("worker")
        return not self._asked

    def keep(self) -> None:
        """Until it is asked to end."""
        drop = DropFolder(self._serving.drop)
        look_at = queue_at = 0.0
        while not self._asked:
            for child in self._children.values():
                child.keep()
            self._orphans()  # those that have ended are reaped
            now = time.monotonic()
            try:
                if now >= look_at:
                    look_at = self._look(drop) + now
                if now >= queue_at:
                    queue_at = now + QUEUE_SECONDS
                    skip_equal_runs(self._api)
            except OSError:  # the server is on its way up again, and news stays news
                look_at = queue_at = now + QUEUE_SECONDS
            time.sleep(LOOK_SECONDS)

    def end(self) -> None:
        """Nothing is left running: first the worker with its runs, then runs of a worker that was killed, then the server."""
        server, worker = self._children.get("server"), self._children.get("worker")
        if worker:
            worker.ask_to_end()
            self._wait(lambda: not worker.is_alive())
        adopted.ask_to_end(self._orphans())
        self._wait(lambda: not self._orphans())
        if server:
            server.ask_to_end()
            self._wait(lambda: not server.is_alive(), END_SECONDS)
        for child in self._children.values():
            child.kill()
        while orphans := self._orphans():  # where it was asked twice: runs, whose worker is gone now, and their workers
            adopted.kill(orphans)
            time.sleep(LOOK_SECONDS)

    def _hear(self, _signum: int, _frame: FrameType | None) -> None:
        self._asked += 1
        told = "ending all at once" if self._asked > 1 else "ending; runs have ten seconds for batches under way, again to end all at once"
        stop.say(f"{told}.")

    def _wait(self, is_done: Callable[[], bool], seconds: float = float("inf")) -> None:
        deadline = time.monotonic() + seconds
        while not is_done() and self._asked < 2 and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)

    def _look(self, drop: DropFolder) -> float:
        """Start a run where something has come; seconds until the next look."""
        if key := drop.news():
            self._api.start_drop(key)
            drop.told()
        return drop.pause

    def _is_tidy(self) -> bool:
        """Whether nothing of before stands in the way of what the worker will be given."""
        try:
            end_lost_runs(self._api)
            skip_equal_runs(self._api)
        except OSError:  # busy: asked again
            return False
        return True

    def _orphans(self) -> set[int]:
        return adopted.adopted({child.pid for child in self._children.values()})

    def _log(self, name: str) -> Path:
        return self._serving.folder / f"{name}.log"

    def _begin(self, name: str) -> None:
        self._children[name] = Child(f"flows.serving.{name}", self._environment, self._log(name))

    def _wait_for_server(self) -> None:
        server = self._children["server"]
        deadline = time.monotonic() + START_SECONDS
        while not self._asked and not self._api.is_up():
            if not server.is_alive() or time.monotonic() > deadline:
                raise self._unreachable("the server to answer", self._log("server"))
            time.sleep(LOOK_SECONDS)

    def _register(self) -> None:
        """In a process of its own, which loads Prefect and all flows, and is gone again."""
        if self._asked:
            return
        with self._log("register").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "flows.serving.register"], stdout=log, stderr=log, start_new_session=True, env=self._environment
            )
        self._wait(lambda: process.poll() is not None or self._asked > 0)
        if process.poll() is None:
            process.kill()  # asked to end meanwhile
        elif process.returncode:
            raise self._unreachable("the server to take the deployments", self._log("register"))

    def _unreachable(self, expected: str, log: Path) -> OrchestratorUnreachable:
        return OrchestratorUnreachable(f"expected {expected}; {log} ends: {log.read_text(errors='replace')[-1000:]!r}.")
