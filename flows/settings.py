"""Every setting, read once at the edge. Environment variables: BROADSHEET_ and the field's name in capitals."""

import difflib
import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.environment import LOCK_WAIT_SECONDS, PREFIX
from flows.version import extractor
from tasks.pages.limits import DEFAULT_LIMITS, Limits
from tasks.workers.cluster.access import TLS, ClusterAccess, TlsFiles
from tasks.workers.order import DEFAULT_MEGABYTES, WorkOrder
from warehouse.errors import SettingsInvalid
from warehouse.lake.address import LakeAddress
from warehouse.snapshot import KEPT

EXPORT_FIRST = (  # what a lake cannot do
    "Take what you need into a home with `broadsheet lake export HOME`, unset BROADSHEET_WAREHOUSE and BROADSHEET_STORE, and do it there."
)


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
    snapshot_seconds: float = Field(240.0, gt=0, description="A long run publishes this often, or less often where that takes long.")

    cluster: str | None = Field(None, pattern=r"^(tcp|tls)://[^/\s]+:\d+$", description="Head of a cluster that carries the batches.")
    cluster_wait_seconds: float = Field(600.0, ge=0, description="How long to wait for a machine of the cluster.")
    cluster_ca: Path | None = Field(None, description="Certificate of the authority of a cluster at tls://, as a PEM file.")
    cluster_cert: Path | None = Field(None, description="Certificate of this machine, as a PEM file.")
    cluster_key: Path | None = Field(None, description="Its key, as a PEM file that nobody else can read.")

    snapshots_kept: int = Field(KEPT, ge=1, description="Published states to keep, the current one among them.")
    warehouse: SecretStr | None = Field(
        None, description="PostgreSQL with a lake's catalog, in place of a file: postgres://lake@head/news."
    )
    store: str | None = Field(
        None, description="Where that lake keeps rows and bytes: a folder that all machines see, or s3://bucket/prefix."
    )
    sql_token: SecretStr | None = Field(None, description="What readers show to `broadsheet serve-sql`.")
    sql_seconds: float = Field(60.0, gt=0, description="A query of a remote reader that takes longer is ended.")
    sql_memory: str = Field("1GB", description="What queries of remote readers have together.")
    docs_url: str | None = Field(None, description="Where the folder data_docs is served, for links in the Prefect UI.")

    @property
    def absolute_home(self) -> Path:
        return self.home.expanduser().absolute()

    @property
    def lake(self) -> LakeAddress | None:
        """The lake that is the warehouse; None where that is the file of the home. Raises SettingsInvalid."""
        if self.warehouse is not None:
            return LakeAddress.of(self.warehouse.get_secret_value(), self.store)
        if self.store is not None:
            raise SettingsInvalid(f"expected BROADSHEET_WAREHOUSE beside BROADSHEET_STORE={self.store}; got none: a store is a lake's.")
        return None

    def cluster_access(self, address: str | None = None) -> ClusterAccess | None:
        """The cluster, be it at `address`; None where batches stay on this machine. Raises SettingsInvalid."""
        at, files = address or self.cluster, (self.cluster_ca, self.cluster_cert, self.cluster_key)
        if at is None:
            return None
        if at.startswith(TLS) != all(files) or any(files) != all(files):
            raise SettingsInvalid(
                f"expected BROADSHEET_CLUSTER_CA, _CERT and _KEY with an address tls://…, and none of them with tcp://…; got {at} "
                f"and {sum(map(bool, files))} of them."
            )
        ca, cert, key = files
        return ClusterAccess(at, TlsFiles(ca, cert, key) if ca and cert and key else None, self.cluster_wait_seconds)

    def work_order(self) -> WorkOrder:
        """What workers are told."""
        limits = Limits(self.max_page_bytes, self.max_text_chars)
        return WorkOrder(
            self.absolute_home,
            self.seconds_per_page,
            limits,
            extractor(),
            self.megabytes_per_page,
            store=self.lake.store if self.lake else None,
        )


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


def lake_address() -> LakeAddress:
    """The lake of a command that is about one. Raises SettingsInvalid."""
    if (lake := read_settings().lake) is None:
        raise SettingsInvalid(
            "expected BROADSHEET_WAREHOUSE, such as postgres://lake@head/broadsheet, and BROADSHEET_STORE, such as /shared/lake or "
            "s3://bucket/lake; got neither."
        )
    return lake


def expect_file(settings: Settings, what: str, instead: str) -> None:
    """Raises SettingsInvalid where the warehouse is a lake, in which nothing is updated: `what` cannot be done there."""
    if settings.lake is not None:
        raise SettingsInvalid(
            f"expected a warehouse in a file to {what}, BROADSHEET_WAREHOUSE names a lake, in which no row is changed. {instead}"
        )
