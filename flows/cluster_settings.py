"""Settings of the commands of a cluster, which name its head themselves."""

import re
from typing import Any

from flows.carriers import expect_extra
from flows.settings import Settings, read_settings
from tasks.workers.cluster.access import ClusterAccess
from warehouse.errors import SettingsInvalid

ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:\d+")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def access_of(address: str | None, **given: Any) -> tuple[Settings, ClusterAccess]:
    """The head at `address`, or of the environment. Raises SettingsInvalid."""
    expect_extra()
    settings = read_settings(**given)
    at = address or settings.cluster
    if at is None or not ADDRESS.fullmatch(at):
        raise SettingsInvalid(f"expected the address of a head, such as tcp://10.0.0.1:8786, or BROADSHEET_CLUSTER with it; got {at}.")
    access = settings.cluster_access(at)
    assert access is not None, "it has an address"
    return settings, access


def refuse_open_key(access: ClusterAccess) -> None:
    """Raises SettingsInvalid where others may read the key."""
    if access.tls is not None and (mode := access.tls.key.stat().st_mode) & 0o077:
        raise SettingsInvalid(f"expected a key that nobody else can read, {access.tls.key} has mode {mode & 0o777:o}: `chmod 600` it.")
