"""Invented news and other texts that nobody damaged, a paragraph a line, and pages made of them."""

import random
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
NEWS = ("politics", "economy", "sport", "science", "society", "headlines")  # Simplified Chinese, GBK holds all of it
UNTOUCHABLE = ("taiwan", "hongkong", "readings", "children", "japanese", "english")  # what restoration must leave alone


@cache
def paragraphs(name: str) -> tuple[str, ...]:
    """The paragraphs of one file in texts/."""
    return tuple((FOLDER / f"{name}.txt").read_text("utf-8").splitlines())


@cache
def news() -> tuple[str, ...]:
    """Every Simplified paragraph and headline."""
    return tuple(paragraph for name in NEWS for paragraph in paragraphs(name))


def as_html(texts: tuple[str, ...]) -> str:
    """A page with a text in each of its paragraphs."""
    body = "\n".join(f"<p>{text}</p>" for text in texts)
    return f'<!DOCTYPE html><html><head><meta charset="gbk"></head>\n<body><div class="content">\n{body}\n</div></body></html>'


def drawn_page(seed: int, size: int = 16) -> tuple[str, ...]:
    """`size` different paragraphs of news, the same ones for the same seed."""
    return tuple(random.Random(seed).sample(news(), size))
