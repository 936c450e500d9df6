"""sources.toml: what it says, and what it is told where it is wrong."""

from pathlib import Path

import pytest

from tasks.harvesting.sources_file import read_sources, urls_in
from tests.conftest import ROOT
from warehouse.errors import SettingsInvalid

GOOD = """contact = "mailto:crawler@broadsheet.example"

[outlets.harbour-post]
name = "Harbour Post"
hosts = ["harbour-post.example"]
country = "GB"
language = "en"
kind = "newspaper"
feeds = ["https://harbour-post.example/rss.xml"]
"""


def told(folder: Path, text: str) -> str:
    path = folder / "sources.toml"
    path.write_text(text)
    with pytest.raises(SettingsInvalid) as error:
        read_sources(path)
    return str(error.value)


def test_an_outlet_is_read_with_what_is_asked_of_it(tmp_path: Path):
    path = tmp_path / "sources.toml"
    path.write_text(GOOD)
    outlet = read_sources(path).outlets["harbour-post"]
    assert (outlet.name, outlet.hosts, outlet.country, outlet.kind) == ("Harbour Post", ("harbour-post.example",), "GB", "newspaper")
    assert outlet.feeds == ("https://harbour-post.example/rss.xml",)


def test_the_example_that_the_documentation_shows_is_right():
    assert read_sources(ROOT / "docs" / "sources.example.toml").outlets


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('country = "GB"', 'country = "Britain"', "line 6: outlets.harbour-post.country"),
        ('kind = "newspaper"', 'kind = "paper"', "line 8: outlets.harbour-post.kind: expected one of newspaper, agency"),
        ('name = "Harbour Post"', 'title = "Harbour Post"', "line 3: outlets.harbour-post.name: Field required"),
        ("https://harbour-post.example/rss.xml", "ftp://harbour-post.example/rss.xml", "line 9: outlets.harbour-post.feeds.0"),
        ("https://harbour-post.example/rss.xml", "https://other.example/rss.xml", "add 'other.example' to hosts"),
        ('["harbour-post.example"]', '["https://harbour-post.example/"]', "line 5: outlets.harbour-post.hosts.0: expected a host"),
        ('contact = "mailto:crawler@broadsheet.example"', "", "contact: Field required"),
        ("[outlets.harbour-post]", "[outlets.harbour-post", "expected TOML, came"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_was_expected(tmp_path: Path, before: str, after: str, said: str):
    assert said in told(tmp_path, GOOD.replace(before, after))


def test_an_outlet_of_which_nothing_is_asked_is_one_all_the_same(tmp_path: Path):
    path = tmp_path / "sources.toml"
    path.write_text(GOOD.replace('feeds = ["https://harbour-post.example/rss.xml"]', ""))
    assert read_sources(path).outlets["harbour-post"].name == "Harbour Post"


def test_two_outlets_cannot_have_one_host(tmp_path: Path):
    second = GOOD.partition("\n\n")[2].replace("[outlets.harbour-post]", "[outlets.harbour-news]")
    assert "harbour-post.example is in harbour-post and in harbour-news" in told(tmp_path, GOOD + second)


def test_a_list_of_urls_has_comments_and_says_where_it_is_wrong(tmp_path: Path):
    path = tmp_path / "urls.txt"
    path.write_text("# stories\n\nhttps://Harbour-Post.example/a#top\n")
    assert urls_in(path) == ["https://harbour-post.example/a"]
    path.write_text("https://harbour-post.example/a\njavascript:alert(1)\n")
    with pytest.raises(SettingsInvalid, match="line 2"):
        urls_in(path)
