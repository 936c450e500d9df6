"""What the address of a page tells: its site, and the pattern that an outlet's addresses have. What is one page, url_key says."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

# Faces of one site: of these labels before the rest of a host the site's name knows nothing.
FACES = frozenset(("www", "m", "wap", "mobile", "amp", "3g", "4g", "touch", "print"))
KEPT = 4_096  # addresses that were read: of articles that are decided together, some 500 bytes each
LEAST_DIGITS = 5  # of a pattern, from which it tells one outlet from another: /a-headline/ is everybody's
RUNS = re.compile(r"\d+|[^\W\d_]+|[\W_]")
WORDS_OF_HEADLINE = 3
SHORT_WORD = 3  # letters up to which a word of a file's name belongs to its shape, as in t20210720_599244.htm


class Address(NamedTuple):
    """A URL, read."""

    site: str  # its host without faces such as www
    path: str  # with the query, as a mirror keeps it


@lru_cache(maxsize=KEPT)
def address_of(url: str) -> Address:
    """Read a URL; of one without a host, such as file:, site and path are empty."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return Address("", "")
    return Address(site_of(host), f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}") if host else Address("", "")


def site_of(host: str) -> str:
    """The host in lower case without www and its like."""
    labels = host.lower().rstrip(".").split(".")
    while len(labels) > 2 and labels[0] in FACES:
        labels = labels[1:]
    return ".".join(labels)


def is_same_path(one: str, other: str) -> bool:
    """Whether one address was made of the other by another host before its path. The path of a front page says nothing."""
    return bool(told := telling_path(one)) and told == telling_path(other)


def telling_path(path: str) -> str:
    """The path as it is compared with others; empty for that of a front page."""
    return path.rstrip("/") if len(path.strip("/")) > 1 else ""


def pattern_of(key: str) -> str | None:
    """Of a page's url_key such as /*/d4_d2_d2_d6.shtml; None where it would tell nothing.

    Runs of digits by their length, folders of words as *, the file by its shape; parameters by name.
    """
    path, _, query = key.partition("?")
    *folders, file = path.split("/")[1:] or [""]
    stem, dot, extension = file.rpartition(".")
    if not dot or not extension.isalpha():
        stem, dot, extension = file, "", ""
    shapes = [_shape(folder) if any(map(str.isdigit, folder)) else "*" for folder in folders]
    parameters = [each.partition("=") for each in query.split("&") if each]
    named = "&".join(f"{name}={_shape(value)}" for name, _, value in parameters)
    pattern = "/" + "/".join([*shapes, _shape(stem) + dot + extension.lower()]) + (f"?{named}" if named else "")
    digits = sum(character.isdigit() for character in path.partition("/")[2] + "".join(value for *_, value in parameters))
    return pattern if digits >= LEAST_DIGITS else None


def _shape(text: str) -> str:
    """d8_d6 of 20210720_599244; the words of a headline as w, however many there are, with the number of the story if there is one."""
    parts = re.split("([-_+])", text)
    if sum(part.isalpha() for part in parts) < WORDS_OF_HEADLINE:
        return "".join(map(_run, RUNS.findall(text)))
    kept = [f"d{len(part)}" if part.isdigit() and len(part) >= LEAST_DIGITS else "w" for part in parts[::2]]
    return "-".join(part for part, before in zip(kept, ["", *kept], strict=False) if part != "w" or before != "w")


def _run(run: str) -> str:
    if run.isdigit():
        return f"d{len(run)}"
    return "w" if len(run) > SHORT_WORD else run.lower()
