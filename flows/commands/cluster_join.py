"""broadsheet cluster join: this machine works for a cluster."""

import os
import sys
from typing import Any

from flows.cluster_settings import access_of, refuse_open_key
from flows.stop import say
from flows.terminal import put
from flows.until_asked import run_until_asked
from flows.version import extractor
from warehouse.errors import ClusterUnusable


def run(address: str, workers: int | None, megabytes: int | None, host: str | None, **files: Any) -> int:
    """Work until Ctrl-C. Raises ClusterUnusable, SettingsInvalid."""
    settings, access = access_of(address, workers=workers, **files)
    refuse_open_key(access)
    from tasks.workers.cluster.build import Build
    from tasks.workers.cluster.join import serve_machine

    fit = settings.workers if megabytes is None else min(settings.workers, max(1, megabytes // settings.megabytes_per_page))
    code = 0
    try:
        run_until_asked(lambda ended: serve_machine(access, fit, host, Build.here(extractor()), ended, put))
        put("left the cluster; what was under way is for others")
    except ClusterUnusable as error:
        say(str(error))
        code = error.exit_code
    sys.stdout.flush()
    os._exit(code)  # threads may still wait for processes that are ended, and Python would wait for them
