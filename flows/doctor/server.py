"""The Prefect server that runs report to."""

import json
import os
import urllib.error
import urllib.request
from base64 import b64encode
from importlib.metadata import version
from urllib.parse import unquote, urlsplit

from flows.doctor.result import Result
from flows.environment import without_password
from flows.temporary_server import may_be_configured

ANSWER_SECONDS = 5.0
CORRECT_IT = "look at PREFECT_API_URL, which ends with /api, and at PREFECT_API_KEY"
START_IT = "start it (`prefect server start`) or correct PREFECT_API_URL; without that setting a run starts a server of its own"


def look_at_server() -> Result:
    """Whether the configured server answers, and of which version it is."""
    url = os.environ.get("PREFECT_API_URL") or _from_profile()
    if not url:
        return Result("prefect", "no server is configured: runs start a temporary one")
    shown = without_password(url)
    try:
        _get(f"{url}/health")
        served = str(json.loads(_get(f"{url}/admin/version")))
    except urllib.error.HTTPError as error:
        return Result("prefect", f"server {shown} answers {error.code} {error.reason}", CORRECT_IT)
    except (OSError, ValueError) as error:
        return Result("prefect", without_password(f"server {url} does not answer: {getattr(error, 'reason', None) or error}"), START_IT)
    ours = version("prefect")
    is_other = served.split(".")[:2] != ours.split(".")[:2]
    todo = f"run a server of {ours}: others may refuse what this Prefect sends" if is_other else None
    return Result("prefect", f"server {shown} answers, version {served}" + (f"; Prefect here is {ours}" if is_other else ""), todo)


def _get(address: str) -> bytes:
    headers = {"Authorization": f"Bearer {key}"} if (key := os.environ.get("PREFECT_API_KEY")) else {}
    if name := urlsplit(address).username:  # urllib takes a password in an address for its port
        headers = {"Authorization": "Basic " + b64encode(f"{unquote(name)}:{unquote(urlsplit(address).password or '')}".encode()).decode()}
    request = urllib.request.Request(without_password(address), headers=headers)
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
        return bytes(answer.read())


def _from_profile() -> str | None:
    """What a profile or a file names; Prefect is loaded only where one may."""
    if not may_be_configured():
        return None
    from prefect.settings import get_current_settings

    return get_current_settings().api.url
