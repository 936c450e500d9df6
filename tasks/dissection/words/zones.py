"""Which time zone a page means where a time is printed without an offset."""

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tasks.dissection.markup.parsed_page import ParsedPage
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


def outlet_zone(page: ParsedPage, language: str | None = None) -> Zone:
    """The zone of the outlet: by the country domain of its host, else by its locale, else by `language`, else UTC."""
    country = country_of_host(host_of(page))
    if zone := _zone_of_country(country, "host"):
        return zone
    country = load_lexicon("zones")["languages"].get(language or "")
    return _zone_of_locale(page) or _zone_of_country(country, "lang") or UTC


def host_of(page: ParsedPage) -> str:
    """Host of the page in lower case, by its own URL, else by the one it names as canonical; empty where unknown."""
    for url in (page.url, page.canonical[0] if page.canonical else None):
        try:
            host = (urlsplit(url or "").hostname or "").strip(".").lower()
        except ValueError:  # a broken IPv6 host in the page's own markup
            continue
        if host:
            return host
    return ""


def country_of_host(host: str) -> str | None:
    """ISO 3166-1 code told by a country domain, or None for generic domains and those sold to everyone."""
    label = host.rpartition(".")[2]
    data = load_lexicon("zones")
    if len(label) != 2 or label in data["open_domains"]["names"]:
        return None
    country = data["domains"].get(label, label.upper())
    return country if country in data["countries"] else None


def country_of_page(page: ParsedPage) -> str | None:
    """ISO 3166-1 code of where the outlet is: by host, else by a locale with a region such as en-GB; None if unknown."""
    if country := country_of_host(host_of(page)):
        return country
    return next((region for _, region in _locales(page) if region in load_lexicon("zones")["countries"]), None)


def _zone_of_country(country: str | None, source: str) -> Zone | None:
    name = load_lexicon("zones")["countries"].get(country)
    return Zone(name, source) if name else None


def _zone_of_locale(page: ParsedPage) -> Zone | None:
    """By a region (de-AT) if there is one, else by a language that is written in one zone (ja)."""
    data = load_lexicon("zones")
    for language, region in _locales(page):
        # en-US is what software is shipped with: it says nothing about where the newsroom is
        country = region if region and (language, region) != ("en", "US") else data["languages"].get(language)
        if zone := _zone_of_country(country, "lang"):
            return zone
    return None


def _locales(page: ParsedPage) -> list[tuple[str, str]]:
    """(language, region or "") of og:locale and of the lang attribute, in that order: the attribute is copied more often."""
    found = []
    for text in (page.first_meta("og:locale"), page.tree.get("lang") or page.tree.get("xml:lang"), page.first_meta("content-language")):
        parts = (text or "").replace("_", "-").split(",")[0].split("-")
        region = next((p.upper() for p in parts[1:] if len(p) == 2), "")
        if parts[0]:
            found.append((parts[0].strip().lower(), region))
    return found
