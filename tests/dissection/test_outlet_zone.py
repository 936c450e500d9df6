"""In which zone an outlet is: by its domain, the address it declares, its locale, its language."""

import pytest

from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.parsed_page import ParsedPage

PLACES = """
https://www.pell.co.uk/a      |       | Europe/London host
https://pell.scot/a           |       | Europe/London host
https://pell.edu/a            |       | America/New_York host
https://xn--80a.xn--p1ai/a    |       | Europe/Moscow host
https://www.riopell.com.co/a  | es    | America/Bogota host
https://riopell.co/a          | es    | UTC utc
https://pell.tv/a             | de-AT | Europe/Vienna lang
https://pell.com/a            | en-US | UTC utc
https://pell.com/a            | uk    | Europe/Kyiv lang
"""


@pytest.mark.parametrize("row", PLACES.strip().splitlines())
def test_the_zone_of_an_outlet(row: str) -> None:
    url, lang, expected = (cell.strip() for cell in row.split("|"))
    zone = outlet_zone(ParsedPage(f"<html lang='{lang}'><p>.", url))
    assert f"{zone.name} {zone.source}" == expected


ADDRESSES = [
    ('{"@type":"NewsMediaOrganization","address":{"addressCountry":"KE"}}', "Africa/Nairobi"),
    ('{"@type":"NewsArticle","publisher":{"address":{"addressCountry":{"@type":"Country","name":"ie"}}}}', "Europe/Dublin"),
    ('{"@type":"Organization","address":"Quay 4, Pell"}', "UTC"),
    ('{"@type":"Organization","address":{"addressCountry":"Pellonia"}}', "UTC"),
]


@pytest.mark.parametrize(("node", "zone"), ADDRESSES)
def test_a_declared_address_tells_the_country(node: str, zone: str) -> None:
    page = ParsedPage(f'<html lang=en><head><script type="application/ld+json">{node}</script></head><p>.', "https://pell.com/a")
    assert outlet_zone(page).name == zone
