"""What is served, and what the processes of `broadsheet serve` are told of it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from flows.environment import HOME, PREFIX
from flows.orchestration import QUIET
from flows.temporary_server import DATABASE_NAME, HOST
from tasks.workers.same_imports import same_imports

POOL = "broadsheet"
WORK_LIMIT, BIND = "SERVE_WORK_LIMIT", "SERVE_BIND"  # variables that tell the worker, and the server
DAYS_KEPT = 30  # of Prefect's records; ops.runs keeps every run for good
DAY = 86400


@dataclass(frozen=True, slots=True)
class Serving:
    """The choices of an operator; all paths absolute."""

    home: Path
    port: int
    bind: str  # what the server listens at; it answers to names of this machine only, whatever that is
    drop: Path
    cron: str
    sources: Path | None
    work_limit: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def folder(self) -> Path:
        """Prefect's records and the logs of the processes: ~/.prefect is left alone, and history moves with the home."""
        return self.home / "prefect"

    @property
    def queue(self) -> str:
        """The work queue of the home: it has one place, since a home has one loader."""
        return f"home-{self.home.name}-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:6]}"

    def environment(self) -> dict[str, str]:
        """Ours and the user's, without what the user has set for another server of Prefect."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_") or name.startswith("PREFECT_LOGGING")}
        return kept | QUIET | same_imports() | self._prefect() | self._runs() | self._deployments()

    def _prefect(self) -> dict[str, str]:
        return {
            "PREFECT_HOME": str(self.folder),
            "PREFECT_API_URL": f"{self.url}/api",
            "PREFECT_UI_URL": self.url,
            "PREFECT_UI_API_URL": f"{self.url}/api",
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{self.folder / DATABASE_NAME}",
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": self.url,  # Prefect's default lets any page of the web ask
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # without the second runs are kept for good
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(DAYS_KEPT * DAY),
            "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{DAYS_KEPT}D",
            "PREFECT_WORKER_ENABLE_CANCELLATION": "true",  # a run that is cancelled before its process began is ended by the worker
            "PREFECT_WORKER_QUERY_SECONDS": "5",
        }

    def _runs(self) -> dict[str, str]:
        return {HOME: str(self.home), PREFIX + "DOCS_URL": f"{self.url}/data-docs"}

    def _deployments(self) -> dict[str, str]:
        """What prefect.yaml has as {{ $NAME }}."""
        told = {
            "PWD": str(Path.cwd()),  # services are started without it
            "DEPLOY_HOME": str(self.home),
            "DEPLOY_DROP": str(self.drop),
            "DEPLOY_CRON": self.cron,
            "DEPLOY_QUEUE": self.queue,
        }
        leaves_relating = all(os.environ.get(PREFIX + name) for name in ("WAREHOUSE", "CLUSTER"))  # as flows/relating.py has it
        told |= {"DEPLOY_SOURCES": str(self.sources)} if self.sources else {}
        return told | {WORK_LIMIT: str(self.work_limit), BIND: self.bind} | ({"DEPLOY_RELATE": "lake"} if leaves_relating else {})
