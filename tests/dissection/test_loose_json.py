"""JSON-LD with flaws is read as its publisher meant it, sound JSON as it is, and nothing takes long."""

import time

import pytest

from tasks.dissection.markup.loose_json import read_json

NODE = '{"@type":"NewsArticle","headline":"Slip stays","author":{"name":"Mara Ellwood"}}'
READ = {"@type": "NewsArticle", "headline": "Slip stays", "author": {"name": "Mara Ellwood"}}


@pytest.mark.parametrize("text", [
    NODE, f"{NODE};", f"\ufeff{NODE}", f"//<![CDATA[\n{NODE}\n//]]>", f"/*<![CDATA[*/{NODE}/*]]>*/", f"<!--\n{NODE}\n-->",
    NODE.replace('"', "&quot;"), NODE.replace("}}", "},}"), NODE.replace("}}", "}"), NODE.replace(',"author"', '\n"author"'),
    NODE.replace(":", " :\n"),
])  # fmt: skip
def test_flaws_around_and_between_values_are_read_over(text: str) -> None:
    assert read_json(text) == [READ]


@pytest.mark.parametrize(("stated", "read"), [
    ('He said "no" twice', 'He said "no" twice'), ('"No", he said', '"No", he said'), ("It\\'s late", "It's late"), ("caf\\xe9", "café"),
    ("a\\/b", "a/b"), ("two\nlines", "two\nlines"), ("\\u006e\\ud83d\\ude00", "n😀"), ("a, b: c", "a, b: c"), ('5" pipe', '5" pipe'),
])  # fmt: skip
def test_texts_may_hold_quotes_and_escapes_that_json_has_not(stated: str, read: str) -> None:
    assert read_json(f'{{"a":"{stated}","b":["{stated}","x"],}}') == [{"a": read, "b": [read, "x"]}]


def test_several_values_in_one_script_are_all_read() -> None:
    assert read_json(f'{{"@type":"WebSite"}}\n{NODE}') == [{"@type": "WebSite"}, READ]


def test_a_script_that_breaks_off_gives_what_came_before() -> None:
    assert read_json('{"a":1,"b":{"c":[true,"x"],"d":"cut in the mid') == [{"a": 1, "b": {"c": [True, "x"], "d": "cut in the mid"}}]


@pytest.mark.parametrize("text", ["", "none", "{'x':1}", "var a = 1;", "{", "]", '"text"', "{{ page.title }}"])
def test_what_is_no_json_gives_nothing(text: str) -> None:
    assert [value for value in read_json(text) if isinstance(value, (dict, list)) and value] == []


@pytest.mark.parametrize(
    "unit", ['{","', "{", "[", '{"a":', '"', "\\", '{"a":"b" ', "{}", "//", ' "', '{"a":[', "}{", '"a":"b",', ":", "/*"]
)
@pytest.mark.parametrize("start", ["", '{"k":"', '[{"k":'])
def test_hostile_scripts_are_read_in_a_moment(start: str, unit: str) -> None:
    begun = time.process_time()
    read_json(start + unit * 40_000)
    assert time.process_time() - begun < 2  # 0.3 s on a busy core
