"""Every setting, read once at the edge. Environment variables: BROADSHEET_ and the field's name in capitals."""

import difflib
import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.environment import LOCK_WAIT_SECONDS, PREFIX
from flows.version import extractor
from tasks.pages.limits import DEFAULT_LIMITS, Limits
from tasks.workers.order import DEFAULT_MEGABYTES, WorkOrder
from warehouse.errors import SettingsInvalid
from warehouse.snapshot import KEPT


class Settings(BaseSettings):
    """What a run can be told. Each default works on a laptop."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(Path("broadsheet-data"), description="Folder of the warehouse, the raw store and Data Docs.")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="Worker processes.")
    batch_pages: int = Field(1000, ge=1, le=5000, description="Pages in a batch at most: two task runs.")
    seconds_per_page: float = Field(20.0, gt=0, description="A page that takes more CPU time is rejected.")
    megabytes_per_page: int = Field(DEFAULT_MEGABYTES, ge=128, description="A page that takes a worker more memory is rejected.")
    max_page_bytes: int = Field(DEFAULT_LIMITS.max_page_bytes, ge=2**10, description="Payloads beyond this, unpacked, are rejected unread.")
    max_text_chars: int = Field(DEFAULT_LIMITS.max_text_chars, ge=2**10, description="Longer texts are kept raw but not dissected.")
    lock_wait_seconds: float = Field(LOCK_WAIT_SECONDS, ge=0, description="How long to wait for another loader.")
    harvest_hosts_at_once: int = Field(32, ge=1, le=1024, description="Hosts that a harvest asks side by side, one request each.")
    harvest_request_seconds: float = Field(60.0, gt=0, description="A request of a harvest that takes longer has failed.")
    snapshot_seconds: float = Field(240.0, gt=0, description="A long run publishes a snapshot this often.")

    snapshots_kept: int = Field(KEPT, ge=1, description="Published states to keep, the current one among them.")
    sql_token: SecretStr | None = Field(None, description="What readers show to `broadsheet serve-sql`.")
    sql_seconds: float = Field(60.0, gt=0, description="A query of a remote reader that takes longer is ended.")
    sql_memory: str = Field("1GB", description="What queries of remote readers have together.")
    docs_url: str | None = Field(None, description="Where the folder data_docs is served, for links in the Prefect UI.")

    @property
    def absolute_home(self) -> Path:
        return self.home.expanduser().absolute()

    def work_order(self) -> WorkOrder:
        """What workers are told."""
        limits = Limits(self.max_page_bytes, self.max_text_chars)
        return WorkOrder(self.absolute_home, self.seconds_per_page, limits, extractor(), self.megabytes_per_page)


def read_settings(**given: object) -> Settings:
    """Settings from the environment, overruled by what is given and not None. Raises SettingsInvalid."""
    refuse_unknown_variables()
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg'].lower()}, got {e['input']!r}" for e in error.errors())
        raise SettingsInvalid(f"{said}. See `broadsheet ingest --help` and the BROADSHEET_* variables.") from error


def refuse_unknown_variables() -> None:
    """Raises SettingsInvalid for a variable that begins like ours and is none: a misspelt setting would be no setting, in silence."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise SettingsInvalid(f"expected no variables {PREFIX}… but {', '.join(known)}; got {name}: {meant}Correct or unset it.")
