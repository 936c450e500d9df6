"""broadsheet cluster head: what hands batches to machines."""

from typing import Any

from flows.cluster_settings import LOOPBACK, access_of, refuse_open_key
from flows.port_holder import refuse_taken
from flows.settings import read_settings
from flows.stop import say
from flows.terminal import put
from flows.until_asked import run_until_asked
from flows.version import extractor

OPEN = (
    "warning: whoever reaches {host} can have this machine and all that join run what they like, and reads what is sent. Give --tls-ca, "
    "--tls-cert and --tls-key, or listen at 127.0.0.1."
)


def run(host: str, port: int, **files: Any) -> int:
    """Serve until Ctrl-C. Raises SettingsInvalid."""
    is_encrypted = read_settings(**files).cluster_ca is not None
    _, access = access_of(f"{'tls' if is_encrypted else 'tcp'}://{host}:{port}", **files)
    refuse_open_key(access)
    if port:
        refuse_taken(host, port)
    if not is_encrypted and host not in LOOPBACK:
        say(OPEN.format(host=host))
    from tasks.workers.cluster.build import Build
    from tasks.workers.cluster.head import serve_head

    build = Build.here(extractor())

    def tell(address: str) -> None:
        put(f"head of a cluster at {address}, broadsheet {build.version}; Ctrl-C ends it")
        put(f"machines        broadsheet cluster join {address}")
        put(f"runs            BROADSHEET_CLUSTER={address}")

    run_until_asked(lambda ended: serve_head(access, host, port, build, ended, tell))
    put("ended")
    return 0
