"""Dates in the years, numerals and months of countries: the Buddhist era, eras of Japan, the Republic of China, Arabic months."""

import pytest

from tasks.dissection.words.dates import moments_in, read_moment

PRINTED = """
th | วันที่ 6 มิ.ย. 2567 เวลา 10:30 น.            | 2024-06-06 10:30
th | 6 มิ.ย. 67 | 2024-06-06
th | วันพฤหัสบดีที่ 6 มิถุนายน พ.ศ. 2567, 10.30 น. | 2024-06-06 10:30
th | 1 ธ.ค. 66 เวลา 7.45 น.                       | 2023-12-01 07:45
th | 6/6/67                                       | 2024-06-06
th | 6 มิ.ย. 2024                                 | 2024-06-06
th | 6 มิย. 67                                    | 2024-06-06
th | วันที่ 6 เดือน มิถุนายน พ.ศ. 2567            | 2024-06-06
fa | دوشنبه ۲۵ ارديبهشت ۱۴۰۲ ساعت ۰۶:۰۱           | 2023-05-15 06:01
ar | السبت 24 شباط 2024                           | 2024-02-24
ar | 24 شباط/فبراير 2024                          | 2024-02-24
ar | الجمعة 9 آب 2024 - 14:05                     | 2024-08-09 14:05
ar | 9 غشت 2024                                   | 2024-08-09
ar | 12 جويلية 2024                               | 2024-07-12
ar | 4 أيار (مايو) 2024                           | 2024-05-04
ar | 5 اغسطس 2024                                 | 2024-08-05
ar | 4 كانون الثاني/يناير 2024 10:05              | 2024-01-04 10:05
ar | ٤ تشرين الأول ٢٠٢٤                           | 2024-10-04
ja | R6.5.4                                       | 2024-05-04
ja | 令和6.5.4                                    | 2024-05-04
ja | 令6・5・4                                    | 2024-05-04
ja | H31.4.1                                      | 2019-04-01
ja | 令和6年（2024年）5月4日                      | 2024-05-04
ja | 2024年（令和6年）5月4日（土） 10時30分       | 2024-05-04 10:30
ja | 令和六年五月四日                             | 2024-05-04
ja | 令和元年十二月二十四日                       | 2019-12-24
ja | 昭和六十三年十月四日                         | 1988-10-04
zh | 發布日期：113-05-04                          | 2024-05-04
zh | 113/05/04 10:30                              | 2024-05-04 10:30
zh | 民國113年5月4日                              | 2024-05-04
zh | 中華民國一一三年五月四日                     | 2024-05-04
zh | 中華民國一百一十三年十二月二十四日           | 2024-12-24
zh | 113年05月04日 10時30分                       | 2024-05-04 10:30
zh | 二〇二四年五月四日                           | 2024-05-04
zh | 二零二四年十二月三十一日                     | 2024-12-31
zh | 2005年8月12日16:12:21                        | 2005-08-12 16:12
bn | ১৬:২০, ১৬ ফেব্রুয়ারি ২০২০                   | 2020-02-16 16:20
lv | ceturtdiena, 2024. gada 4. maijā             | 2024-05-04
he | 4 במאי 2024                                  | 2024-05-04
hy | 2024 թ. մայիսի 4, 10:05                      | 2024-05-04 10:05
kk | 2024 ж. 4 мамыр                              | 2024-05-04
mn | 2024 оны 5 сарын 4                           | 2024-05-04
"""


@pytest.mark.parametrize("row", PRINTED.strip().splitlines())
def test_what_a_country_prints_is_read(row: str) -> None:
    lang, *text, expected = (cell.strip() for cell in row.split("|"))
    moment = read_moment("|".join(text), lang=lang)
    assert moment is not None and moment.local.strftime("%Y-%m-%d %H:%M" if moment.has_clock else "%Y-%m-%d") == expected


NO_DATES = [
    ("ja", "S6.13.4"),
    ("ja", "HS6.5.4"),
    ("zh", "113-13-04"),
    ("zh", "電話 02-113-05-04"),
    ("zh", "一年三月"),
    ("th", "6 คน 67"),
    ("en", "R6.5.4"),
    ("en", "113-05-04"),
    ("ar", "24 الثاني 2024"),
]


@pytest.mark.parametrize(("lang", "text"), NO_DATES)
def test_what_only_resembles_one_is_none(lang: str, text: str) -> None:
    assert read_moment(text, lang=lang) is None


CLOCKS = [
    ("4 мая 2024, 10:05 МСК", "10:05", "+03:00"),
    ("10:05 мск, 4 мая 2024", "10:05", "+03:00"),
    ("4. Mai 2024 um 10:05 Uhr MESZ", "10:05", "+02:00"),
    ("4 de mayo de 2024 04:05 p. m.", "16:05", None),
    ("4 Μαΐου 2024 - 3:07 μ.μ.", "15:07", None),
    ("4. maj 2024 kl. 15.07 Opdateret", "15:07", None),
    ("Sat 4 May 2024 10.05 BST", "10:05", "+01:00"),
    ("15:07 Thứ Bảy, 4/5/2024", "15:07", None),
]


@pytest.mark.parametrize(("text", "clock", "zone"), CLOCKS)
def test_clocks_are_read_as_newspapers_print_them(text: str, clock: str, zone: str | None) -> None:
    moment = read_moment(text)
    assert moment is not None and (moment.local.strftime("%d %H:%M"), moment.zone) == (f"04 {clock}", zone)


def test_a_clock_belongs_to_one_date() -> None:
    found = [(m.local.strftime("%d %H:%M"), m.has_clock) for m in moments_in("May 3, 2024 10:00 Updated May 4, 2024")]
    assert found == [("03 10:00", True), ("04 00:00", False)]
