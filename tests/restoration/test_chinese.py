"""Which texts are Chinese, and in which script."""

import subprocess
import sys

import pytest

from tasks.restoration.chinese import is_chinese, script


@pytest.mark.parametrize(("text", "lang", "expected"), [
    ("渡船停运", "zh", True), ("渡船停運", None, True), ("渡し船が止まる", None, False), ("渡船", "ja", False), ("The ferry", None, False),
    ("나룻배 渡船", None, False),
])  # fmt: skip
def test_a_text_is_chinese_by_its_language_or_else_by_its_characters(text: str, lang: str | None, expected: bool):
    assert is_chinese(text, lang) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("记者从气象局了解到，渡船将停运", "Hans"), ("記者從氣象局了解到，渡船將停運", "Hant"),
    ("记者从氣象局說，渡船將停運，车票照发", "mixed"), ("山上有人", None),
])  # fmt: skip
def test_the_script_is_told_by_the_characters_that_differ(text: str, expected: str | None):
    assert script(text, is_chinese=True) == expected


def test_text_that_is_not_chinese_has_no_script():
    assert script("図書館の記者", is_chinese=False) is None


def test_pages_in_other_languages_load_no_converter_and_no_model():
    code = (
        "import sys; from tasks.pages.dissect_restored import dissect_restored as d\n"
        "line = '<p>Die Fähre über den Fluß bleibt im Hafen, sagte Schiffer Nummer {} – „bis März“, nicht länger.</p>'\n"
        "page = '<html><body><article><h1>Die Fähre ruht</h1>' + ''.join(map(line.format, range(60)))\n"
        "done = d(page, None, None, is_text=False).restoration\n"
        "assert done.body_folded.startswith('die fahre uber den fluß'), done\n"
        "print(sorted({'opencc', 'numpy', 'pypinyin', 'ftfy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
