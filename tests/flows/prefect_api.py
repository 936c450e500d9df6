"""What a Prefect server answers, asked as the UI asks it."""

import json
import time
import urllib.request
from typing import Any
from urllib.error import HTTPError

BUSY = 503  # SQLite is locked by another request: Prefect asks its clients to come again


def asked(url: str, body: dict[str, Any] | None = None) -> Any:
    """The answer to a GET, or to a POST where there is a body."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    for pause in (1, 2, 4, 8, None):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                said = answer.read()
            return json.loads(said) if said else None
        except HTTPError as error:
            if error.code != BUSY or pause is None:
                raise
            time.sleep(pause)
    raise AssertionError("the last pause is None")
