"""Each folder under pages/ shows one thing: page.html, and in expected.json what dissection has to find on it.

Keys of expected.json: url, reason, title, body (paragraphs), images ([address, caption]), statements ([kind, label, text]),
listings ([label, headlines]).
What is not named is not compared.
To see what a page gives now: python -m tests.dissection.test_pages FOLDER
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tasks.dissection.page import dissect_html

PAGES = Path(__file__).parent / "pages"


def found_on(folder: Path, url: str | None) -> dict[str, Any]:
    """What dissection finds, in the terms of expected.json."""
    page = dissect_html((folder / "page.html").read_text("utf-8"), url, None)
    article = page.article
    return {
        "url": url,
        "reason": page.reason,
        "title": article.title if article else None,
        "body": article.body.split("\n") if article else None,
        "images": [[image.url, image.caption] for image in page.images],
        "statements": [[turn.kind, turn.speaker_label, turn.text] for turn in page.statements],
        "listings": [[listing.label, [item.headline for item in listing.items]] for listing in page.listings],
    }


@pytest.mark.parametrize("folder", sorted(p for p in PAGES.iterdir() if (p / "page.html").exists()), ids=lambda p: p.name)
def test_a_page_gives_what_its_folder_expects(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    found = found_on(folder, expected.get("url"))
    assert {key: found[key] for key in expected if key in found} == {key: v for key, v in expected.items() if key in found}


if __name__ == "__main__":
    folder = PAGES / sys.argv[1]
    stated = json.loads((folder / "expected.json").read_text("utf-8")) if (folder / "expected.json").exists() else {}
    print(json.dumps(found_on(folder, stated.get("url")), ensure_ascii=False, indent=2))
