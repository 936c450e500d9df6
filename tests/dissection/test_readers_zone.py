"""A Z tells the instant: day and hour are those of the zone that readers are shown."""

import pytest

from tasks.dissection.dates.published import find_dates
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.zones import zone_info

STORY = "<p>" + "The ferry slip stays open for two more winters, the council said. " * 8 + "</p>"


def told(head: str, below: str, url: str, lang: str = "en") -> tuple[str | None, str]:
    """(published_zone, the wall clock in it)."""
    published = f'<meta property="article:published_time" content="{head}">'
    html = f'<html lang="{lang}"><head>{published}</head><body><main><h1>Ferry slip stays open</h1>{below}{STORY}</main></body></html>'
    dates = find_dates(ParsedPage(html, url), None).value
    assert dates.published_at is not None and dates.published_zone is not None
    pattern = "%Y-%m-%d %H:%M" if dates.published_precision == "minute" else "%Y-%m-%d"
    return dates.published_zone, dates.published_at.astimezone(zone_info(dates.published_zone)).strftime(pattern)


WITNESSES = """
a printed clock in the outlet's country  | 4T12:41:00Z | 04.05.2024, 14:41                       | pellbote.de | Europe/Berlin 4 14:41
a printed clock and no country           | 4T13:41:07Z | 4 May 2024 / 2:41 pm                    | pell.com    | +01:00 4 14:41
the same instant with an offset          | 5T02:11:00Z | <time datetime=2024-05-04T22:11-04:00>  | pell.com    | -04:00 4 22:11
a printed clock with its zone            | 5T06:35:00Z | Posted: May 4, 2024 / 10:35 PM PST      | pell.com    | -08:00 4 22:35
the day before in English, clock unknown | 5T02:11:00Z | May 4, 2024                             | pell.com    | America/New_York 4 22:11
the outlet's country alone               | 4T12:41:00Z | By Ann Lee                              | pellbote.de | Europe/Berlin 4 14:41
the outlet's country and the printed day | 4T22:41:00Z | 05.05.2024                              | pellbote.de | Europe/Berlin 5 00:41
the outlet's country moves no day alone  | 4T22:41:00Z | By Ann Lee                              | pellbote.de | UTC 4 22:41
readers are shown UTC                    | 4T12:41:00Z | 04.05.2024, 12:41                       | pellbote.de | UTC 4 12:41
half an hour off, as in India            | 4T10:11:00Z | 4 May 2024, 3:41 PM                     | pell.com    | +05:30 4 15:41
a clock of something else                | 4T10:11:00Z | 4 May 2024, 11:02                       | pell.com    | UTC 4 10:11
twelve hours without their half          | 4T13:41:00Z | 4 May 2024, 2:41                        | pell.com    | UTC 4 13:41
another round hour far from the outlet's | 4T08:00:00Z | 04.05.2024, 17:00                       | pellbote.de | Europe/Berlin 4 10:00
midnight in Berlin is only a day         | 3T22:00:00Z | 4. Mai 2024                             | pellbote.de | Europe/Berlin 4
midnight of UTC is only a day            | 4T00:00:00Z | May 4, 2024                             | pell.us     | UTC 4
"""


@pytest.mark.parametrize("row", WITNESSES.strip().splitlines(), ids=lambda row: str(row).split("|")[0].strip())
def test_the_zone_is_the_readers(row: str) -> None:
    _, head, below, host, expected = (cell.strip() for cell in row.split("|"))
    zone, clock = told(f"2024-05-0{head}", f"<div class=meta>{below}</div>", f"https://{host}/a")
    assert f"{zone} {clock.removeprefix('2024-05-0')}" == expected


def test_an_instant_in_an_unknown_zone_is_of_the_day_that_readers_are_shown() -> None:
    line = "<div class=meta>4 de mayo de 2024</div>"
    assert told("2024-05-05T02:11:00Z", line, "https://www.riopell.com/2024/05/04/a", lang="es") == ("UTC", "2024-05-04")


def test_other_stories_on_the_page_tell_the_zone_of_an_outlet_that_nobody_knows() -> None:
    others = "".join(f'<li><a href="/{i}">Story {i}</a> <time datetime="2024-05-0{i}T10:00:00-03:00">{i}</time></li>' for i in range(1, 4))
    line = f"<div class=meta>4 de mayo de 2024</div><ul>{others}</ul>"
    assert told("2024-05-04T12:11:00Z", line, "https://www.riopell.com/a", lang="es") == ("-03:00", "2024-05-04 09:11")


def test_a_change_is_told_in_the_same_zone() -> None:
    times = {"published": "2024-05-04T12:41:00Z", "modified": "2024-05-04T22:30:00Z"}
    head = "".join(f'<meta property="article:{name}_time" content="{at}">' for name, at in times.items())
    html = f"<html lang=de><head>{head}</head><body><h1>Ferry</h1><p>04.05.2024, 14:41</p>{STORY}</body></html>"
    dates = find_dates(ParsedPage(html, "https://pellbote.de/a"), None)
    assert dates.value.published_zone == "Europe/Berlin"
    assert dates.value.modified_at is not None and dates.value.modified_at.isoformat() == "2024-05-04T22:30:00+00:00"
