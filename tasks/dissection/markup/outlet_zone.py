"""In which zone the outlet of a page is: what its times without an offset are told in."""

from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.web_address import split_url
from tasks.dissection.words.zones import UTC, Zone, country_of_host, country_of_language, is_country, zone_of_country


def outlet_zone(page: ParsedPage, language: str | None = None) -> Zone:
    """The zone of the outlet: by the country domain of its host, else by the address it declares, its locale, or `language`, else UTC."""
    for country in (country_of_host(host_of(page)), _country_of_address(page)):
        if zone := zone_of_country(country, "host"):
            return zone
    return _zone_of_locale(page) or zone_of_country(country_of_language(language), "lang") or UTC


def host_of(page: ParsedPage) -> str:
    """Host of the page in lower case, by its own URL, else by the one it names as canonical; empty where unknown."""
    for url in (page.url, page.canonical[0] if page.canonical else None):
        host = (split_url(url).hostname or "").strip(".").lower()
        if host:
            return host
    return ""


def country_of_page(page: ParsedPage) -> str | None:
    """ISO 3166-1 code of where the outlet is: by host, else by a locale with a region such as en-GB; None if unknown."""
    if country := country_of_host(host_of(page)):
        return country
    return next((region for _, region in _locales(page) if is_country(region)), None)


def _country_of_address(page: ParsedPage) -> str | None:
    """ISO 3166-1 code in the address of whoever publishes the page (JSON-LD), where it is given as one."""
    for node in page.json_ld:
        for place in (node, node.get("publisher")):
            address = place.get("address") if isinstance(place, dict) else None
            country = address.get("addressCountry") if isinstance(address, dict) else None
            code = country.get("name") if isinstance(country, dict) else country
            if isinstance(code, str) and is_country(code.strip().upper()):
                return code.strip().upper()
    return None


def _zone_of_locale(page: ParsedPage) -> Zone | None:
    """By a region (de-AT) if there is one, else by a language that is written in one zone (ja)."""
    for language, region in _locales(page):
        # en-US is what software is shipped with: it says nothing about where the newsroom is
        country = region if region and (language, region) != ("en", "US") else country_of_language(language)
        if zone := zone_of_country(country, "lang"):
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
