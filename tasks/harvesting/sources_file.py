"""sources.toml: which outlets there are, what of each is harvested, and who answers for the harvest."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tasks.harvesting.web_urls import host_of, web_url
from warehouse.errors import SettingsInvalid
from warehouse.tables.outlets import OUTLET_KINDS

OUTLET_ID = "^[a-z0-9][a-z0-9_-]{0,62}$"  # as core.outlets has it
CONTACT = r"^(https?://\S+|(mailto:)?[^@\s]+@[^@\s]+)$"
HOW = "docs/harvest.md tells how to write the file."


def _of_the_web(url: str) -> str:
    if (absolute := web_url(url)) is None:
        raise ValueError("expected an absolute http or https URL")
    return absolute


def _bare_host(host: str) -> str:
    if host != host_of(f"http://{host}/") or "/" in host:
        raise ValueError("expected a host in lower case, such as www.news.example, without scheme, port and path")
    return host


def _outlet_kind(kind: str) -> str:
    if kind not in OUTLET_KINDS:
        raise ValueError(f"expected one of {', '.join(OUTLET_KINDS)}")
    return kind


WebURL = Annotated[str, AfterValidator(_of_the_web)]
Host = Annotated[str, AfterValidator(_bare_host)]
OutletKind = Annotated[str, AfterValidator(_outlet_kind)]


class DeclaredOutlet(BaseModel):
    """One outlet: a row of core.outlets, and what of it is asked; nothing, where the row is all that is wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    hosts: tuple[Host, ...] = Field(min_length=1)
    country: str = Field(pattern="^[A-Z]{2}$")
    language: str = Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    kind: OutletKind
    collection: str | None = None
    feeds: tuple[WebURL, ...] = ()
    announced_feeds: bool = False  # whether those that front and list pages announce are asked for, too
    sitemaps: tuple[WebURL, ...] = ()
    robots_sitemaps: bool = False  # whether those that robots.txt names are asked for, too
    fronts: tuple[WebURL, ...] = ()
    lists: tuple[WebURL, ...] = ()
    pages: tuple[WebURL, ...] = ()
    page_files: tuple[Path, ...] = ()  # text files with a URL a line
    seconds_between: float | None = Field(None, ge=0, le=3600)
    most_pages: int | None = Field(None, ge=1)

    @property
    def given(self) -> tuple[str, ...]:
        """Every URL that the file names."""
        return (*self.feeds, *self.sitemaps, *self.fronts, *self.lists, *self.pages)

    @model_validator(mode="after")
    def _asks_its_own_hosts(self) -> "DeclaredOutlet":
        given = self.given
        if strange := [url for url in given if host_of(url) not in self.hosts]:
            raise ValueError(f"expected every URL on one of hosts, {strange[0]} is not: add {host_of(strange[0])!r} to hosts")
        return self


class DeclaredSources(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    contact: str = Field(pattern=CONTACT, description="Whom a site's operator can ask: a URL or an e-mail address. Part of the user agent.")
    seconds_between: float = Field(2.0, ge=0, le=3600, description="Between the end of a request to a host and the next one, at least.")
    most_pages: int = Field(1000, ge=1, description="Pages that are asked for in one run of an outlet, at most.")
    is_paced_by_address: bool = Field(True, description="Whether hosts at one address are asked one at a time, as one host is.")
    outlets: dict[Annotated[str, Field(pattern=OUTLET_ID)], DeclaredOutlet] = Field(min_length=1)


def read_sources(path: Path) -> DeclaredSources:
    """The file, page_files as absolute paths. Raises SettingsInvalid, with the line where it can be told."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"expected a TOML file in UTF-8 at {path}, came: {error}. {HOW}") from error
    try:
        declared = DeclaredSources.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"{path}: expected TOML, came: {error}. {HOW}") from error
    except ValidationError as error:
        raise SettingsInvalid(f"{path}{'; '.join(_told(error, text))}. {HOW}") from error
    _refuse_shared_hosts(declared, path)
    return declared.model_copy(update={"outlets": {key: _placed(each, path.parent) for key, each in declared.outlets.items()}})


def urls_in(path: Path) -> list[str]:
    """URLs of a list, one a line; empty lines and those that begin with # are passed over. Raises SettingsInvalid."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"expected a list of URLs in UTF-8 at {path}, came: {error}. {HOW}") from error
    found = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")]
    if bad := [(number, line) for number, line in found if web_url(line) is None]:
        number, line = bad[0]
        raise SettingsInvalid(f"{path}, line {number}: expected an absolute http or https URL, got {line[:200]!r}")
    return [str(web_url(line)) for _number, line in found]


def _placed(outlet: DeclaredOutlet, folder: Path) -> DeclaredOutlet:
    return outlet.model_copy(update={"page_files": tuple((folder / each).absolute() for each in outlet.page_files)})


def _refuse_shared_hosts(declared: DeclaredSources, path: Path) -> None:
    """Raises SettingsInvalid where two outlets claim one host: a page could be of either."""
    owner: dict[str, str] = {}
    for key, outlet in declared.outlets.items():
        for host in outlet.hosts:
            if owner.setdefault(host, key) != key:
                raise SettingsInvalid(f"{path}: expected each host in one outlet, {host} is in {owner[host]} and in {key}. {HOW}")


def _told(error: ValidationError, text: str) -> Iterator[str]:
    for each in error.errors():
        place = [str(part) for part in each["loc"]]
        said = each["msg"].removeprefix("Value error, ")
        yield f"{_line(place, text)}: {'.'.join(place) or 'the file'}: {said}, got {str(each['input'])[:120]!r}"


def _line(place: list[str], text: str) -> str:
    """`, line 12`: of the key that a place names, else of its table; empty where neither can be found. tomllib keeps no lines."""
    lines, begin, found = text.splitlines(), 0, ""
    if place[:1] == ["outlets"] and len(place) > 1:
        header = re.compile(rf"""\s*\[\s*outlets\s*\.\s*["']?{re.escape(place[1])}["']?\s*\]""")
        begin = next((number for number, line in enumerate(lines) if header.match(line)), 0)
        found = f", line {begin + 1}"
    key = next((part for part in place[2 if found else 0 :] if not part.isdigit()), "")
    for number, line in enumerate(lines[begin + bool(found) :], begin + bool(found) + 1):
        if found and re.match(r"\s*\[\s*[a-z]", line):
            break
        if key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return f", line {number}"
    return found
