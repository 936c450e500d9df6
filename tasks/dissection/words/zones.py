"""Time zones by name and offset, and those of countries and of languages."""

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tasks.dissection.words.lexicon import load_lexicon

# The widest offsets ever in civil use are -12:00 and +14:00 (IANA time zone database).
MAX_OFFSET_MINUTES = 14 * 60


@dataclass(frozen=True, slots=True)
class Zone:
    """`name` is an IANA name or an offset such as +08:00; `source` is offset, host, lang or utc."""

    name: str
    source: str

    @property
    def tzinfo(self) -> tzinfo:
        return zone_info(self.name)


UTC = Zone("UTC", "utc")


def offset_zone(minutes: int) -> Zone | None:
    """The zone of a printed offset in minutes east of Greenwich, or None where no place on Earth has it."""
    if abs(minutes) > MAX_OFFSET_MINUTES:
        return None
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return Zone(f"{sign}{hours:02d}:{rest:02d}", "offset")


@lru_cache(maxsize=512)
def zone_info(name: str) -> tzinfo:
    """tzinfo of an IANA name or an offset as `offset_zone` writes it."""
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[4:6])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
    return ZoneInfo(name)


def country_of_host(host: str) -> str | None:
    """ISO 3166-1 code told by a country domain, or None for generic domains and those sold to everyone."""
    *_, second, label = ("", *host.split("."))
    data = load_lexicon("zones")
    if label in data["open_domains"]["names"] and second not in data["open_domains"]["closed_below"]:
        return None
    country = data["domains"].get(label, label.upper())
    return country if country in data["countries"] else None


def zone_of_country(country: str | None, source: str) -> Zone | None:
    """The zone of a country's newsrooms; None where none is known."""
    name = load_lexicon("zones")["countries"].get(country)
    return Zone(name, source) if name else None


def is_country(code: str) -> bool:
    """Whether it is an ISO 3166-1 code."""
    return code in load_lexicon("zones")["countries"]


def country_of_language(language: str | None) -> str | None:
    """ISO 3166-1 code of the country in whose zone a language is written; None for those of several zones."""
    known: dict[str, str] = load_lexicon("zones")["languages"]
    return known.get(language or "")
