"""What the words beside a date call it, in many languages, and when a change is worth a modified_at."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.findings import Found
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.parsed_page import ParsedPage

STORY = "<p>" + "Der Steg am Nordufer ist nach der Reparatur wieder begehbar. " * 8 + "</p>"

# language | date line | published | modified, as printed
LINES = """
en | Published 3 May 2024 10:00, updated 4 May 2024 11:30       | 05-03 10:00 | 05-04 11:30
en | Published: 10:00am, 3 May, 2024 Updated: 11:30am, 4 May, 2024 | 05-03 10:00 | 05-04 11:30
en | Last updated on 4 May 2024 at 11:30                        |             | 05-04 11:30
de | 03.05.2024, 10:00 Uhr – zuletzt aktualisiert am 04.05.2024, 11:30 Uhr | 05-03 10:00 | 05-04 11:30
de | Stand: 03.05.2024, 10:00 Uhr                               | 05-03 10:00 |
de | 03.05.2024, 10:00 Uhr Stand: 04.05.2024, 11:30 Uhr         | 05-03 10:00 | 05-04 11:30
fr | Publié le 3 mai 2024 à 10h00, mis à jour le 4 mai 2024 à 11h30 | 05-03 10:00 | 05-04 11:30
es | Publicado: 3 de mayo de 2024 - 10:00 Actualizado: 4 de mayo de 2024 - 11:30 | 05-03 10:00 | 05-04 11:30
it | Pubblicato il 3 maggio 2024, 10:00 Ultima modifica: 4 maggio 2024, 11:30 | 05-03 10:00 | 05-04 11:30
pt | Publicado em 03/05/2024 10:00, atualizado em 04/05/2024 11:30 | 05-03 10:00 | 05-04 11:30
nl | Gepubliceerd op 3 mei 2024 10:00, bijgewerkt op 4 mei 2024 11:30 | 05-03 10:00 | 05-04 11:30
sv | Publicerad 3 maj 2024 10:00 Uppdaterad 4 maj 2024 11:30    | 05-03 10:00 | 05-04 11:30
da | Publiceret 3. maj 2024 10:00 Opdateret 4. maj 2024 11:30   | 05-03 10:00 | 05-04 11:30
nb | Publisert 3. mai 2024 10:00 Sist oppdatert 4. mai 2024 11:30 | 05-03 10:00 | 05-04 11:30
fi | Julkaistu 3.5.2024 10:00 Päivitetty 4.5.2024 11:30         | 05-03 10:00 | 05-04 11:30
pl | Data publikacji: 3 maja 2024, 10:00 Aktualizacja: 4 maja 2024, 11:30 | 05-03 10:00 | 05-04 11:30
cs | Vydáno 3. 5. 2024 10:00, aktualizováno 4. 5. 2024 11:30    | 05-03 10:00 | 05-04 11:30
hu | Megjelent: 2024. 05. 03. 10:00 Frissítve: 2024. 05. 04. 11:30 | 05-03 10:00 | 05-04 11:30
ro | Publicat: 3 mai 2024, 10:00 Actualizat: 4 mai 2024, 11:30  | 05-03 10:00 | 05-04 11:30
el | Δημοσίευση: 03/05/2024, 10:00 Τελευταία ενημέρωση: 04/05/2024, 11:30 | 05-03 10:00 | 05-04 11:30
ru | Опубликовано 3 мая 2024, 10:00 Обновлено 4 мая 2024, 11:30 | 05-03 10:00 | 05-04 11:30
uk | Опубліковано 3 травня 2024, 10:00 Оновлено 4 травня 2024, 11:30 | 05-03 10:00 | 05-04 11:30
tr | Giriş: 03.05.2024 10:00 Son Güncelleme: 04.05.2024 11:30   | 05-03 10:00 | 05-04 11:30
ar | نشر في 3 مايو 2024 10:00 آخر تحديث 4 مايو 2024 11:30       | 05-03 10:00 | 05-04 11:30
he | פורסם 03/05/2024 10:00 עודכן 04/05/2024 11:30              | 05-03 10:00 | 05-04 11:30
hi | प्रकाशित: 03 मई 2024 10:00 अपडेटेड: 04 मई 2024 11:30       | 05-03 10:00 | 05-04 11:30
id | Diterbitkan 3 Mei 2024 10:00 Diperbarui 4 Mei 2024 11:30   | 05-03 10:00 | 05-04 11:30
vi | Đăng lúc 03/05/2024 10:00 Cập nhật 04/05/2024 11:30        | 05-03 10:00 | 05-04 11:30
th | เผยแพร่ 3 พฤษภาคม 2567 10:00 อัปเดต 4 พฤษภาคม 2567 11:30    | 05-03 10:00 | 05-04 11:30
zh | 发布时间：2024-05-03 10:00 更新时间：2024-05-04 11:30        | 05-03 10:00 | 05-04 11:30
ja | 2024年5月3日 10:00 公開 2024年5月4日 11:30 更新             | 05-03 10:00 | 05-04 11:30
ja | 2024年5月3日 10:00（最終更新 5/4 11:30）                    | 05-03 10:00 | 05-04 11:30
ko | 입력 2024.05.03. 오전 10:00 수정 2024.05.04. 오전 11:30     | 05-03 10:00 | 05-04 11:30
ko | 입력 2024.05.03 10:00 수정 2024.05.04 11:30                 | 05-03 10:00 | 05-04 11:30
"""


def dates_of(line: str = "", head: str = "", lang: str = "de") -> Found[PublishedDates]:
    body = f"<main><h1>Steg wieder offen</h1><div>{line}</div>{STORY}</main>"
    return find_dates(ParsedPage(f"<html lang={lang}><head>{head}</head><body>{body}</body></html>", "https://www.steg.news/a"), None)


@pytest.mark.parametrize("row", LINES.strip().splitlines())
def test_a_label_says_which_date_is_which(row: str) -> None:
    lang, line, published, modified = (cell.strip() for cell in row.split("|"))
    dates = dates_of(line, lang=lang)
    zone = outlet_zone(ParsedPage(f"<html lang={lang}><p>.")).tzinfo
    shown = [at.astimezone(zone).strftime("%m-%d %H:%M") if at else "" for at in (dates.value.published_at, dates.value.modified_at)]
    assert shown == [published, modified]


def head(published: str, modified: str) -> str:
    return f'<meta property="article:published_time" content="{published}"><meta property="article:modified_time" content="{modified}">'


CHANGES = """
2024-05-03T10:00:00Z | 2024-05-03T10:00:00Z |                                 |                  | the same instant
2024-05-03T10:00:05Z | 2024-05-03T10:00:41Z |                                 |                  | touched while published
2024-05-03T10:00:41Z | 2024-05-03T10:00:05Z |                                 |                  | touched before published
2024-05-03T10:00:05Z | 2024-05-03T10:00:41Z | Updated: 3 May 2024, 10:00 UTC  | 2024-05-03 10:00 | but shown as a change
2024-05-03T10:00:00Z | 2024-05-03T10:01:00Z |                                 | 2024-05-03 10:01 | a minute later
2024-05-03T10:00:00Z | 2024-05-02T18:00:00Z |                                 |                  | before publication
2024-05-03T10:00:00Z | 2024-05-03           |                                 |                  | the day of publication
2024-05-03T10:00:00Z | 2024-05-04           |                                 | 2024-05-04 00:00 | a later day
2024-05-03           | 2024-05-03T18:00:00Z |                                 | 2024-05-03 18:00 | more than the day is known
"""


@pytest.mark.parametrize("row", CHANGES.strip().splitlines())
def test_a_change_is_one_that_says_more_than_the_publication(row: str) -> None:
    published, modified, line, wanted, _ = (cell.strip() for cell in row.split("|"))
    dates = dates_of(line, head(published, modified), lang="en")
    assert (dates.value.modified_at.strftime("%Y-%m-%d %H:%M") if dates.value.modified_at else "") == wanted
    assert dates.value.published_at is not None


def test_a_refused_change_stays_in_the_evidence() -> None:
    candidates = dates_of(head=head("2024-05-03T10:00:00Z", "2024-05-03T10:00:00Z")).findings[1].candidates
    assert [(c.source, c.verdict) for c in candidates] == [("meta:article:modified_time", "refused: says no more than the publication")]


def test_a_printed_change_tells_the_minute_of_a_day_that_is_guessed() -> None:
    line = "<h1>青石河下月开始清淤</h1><p>2025-02-10 17:30更新 来源：江河报</p>"
    html = f"<html lang=zh><head><title>青石河下月开始清淤</title></head>{line}<p>{'河水变清了。' * 30}</p>"
    dates = find_dates(ParsedPage(html, None), None)
    assert (dates.value.published_at, dates.value.published_precision) == (datetime(2025, 2, 10, 9, 30, tzinfo=UTC), "minute")
    assert dates.value.modified_at == dates.value.published_at and "guessed_date" in dates.flags


def test_the_day_in_an_address_may_be_without_zeros() -> None:
    page = ParsedPage("<html lang=de><h1>Montag am Meer</h1><p>Text</p>", "https://pellbote.de/home/2017/7/12/am-meer")
    assert find_dates(page, None).value.published_source == "url"
