"""Writes the two samples that a mirror has disguised, from their clean sources: `python -m tests.samples.write_cloaked`."""

from pathlib import Path

from tasks.restoration.characters.scripts import simplified
from tasks.restoration.cloak.forward import cloak
from tasks.restoration.cloak.glosses import readings_of
from tests.restoration.simulator import traditional

SOURCES = Path(__file__).parent / "cloaked"
SAMPLES = Path(__file__).parents[2] / "samples"
WRITTEN = {"duchuan.html": "html/zh-mirror/duchuan.html", "yanjing.txt": "text/yanjing.txt"}
EVERY = 4  # of the characters that change, the most frequent first, is glossed: some 7 glosses on 100 characters, as on real mirrors


def cloaked(source: str) -> str:
    """What a mirror with a dictionary of its own serves for a clean page."""
    text = traditional(source, "naive")
    changed = sorted({char for char in text if simplified(char) != char}, key=lambda char: (-text.count(char), char))
    return cloak(text, {char: readings_of(char)[0] for char in changed[::EVERY] if readings_of(char)})


def clean_source(key: str) -> str | None:
    """The clean source of a sample, by its file under samples/; None where the sample is what it seems."""
    return next(((SOURCES / name).read_text("utf-8") for name, written in WRITTEN.items() if written == key), None)


if __name__ == "__main__":
    for name, written in WRITTEN.items():
        (SAMPLES / written).parent.mkdir(exist_ok=True)
        (SAMPLES / written).write_text(cloaked((SOURCES / name).read_text("utf-8")), "utf-8")
