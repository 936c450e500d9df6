"""What a Prefect server answers, asked as the UI asks it."""

import json
import urllib.request
from typing import Any


def asked(url: str, body: dict[str, Any] | None = None) -> Any:
    """The answer to a GET, or to a POST where there is a body."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": "application/json"}), timeout=30) as answer:
        said = answer.read()
    return json.loads(said) if said else None
