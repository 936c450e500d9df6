"""Values as the Prefect UI shows them: it renders cells and descriptions as Markdown with HTML, and does not wrap cells of a table."""

import re
import shlex
from datetime import datetime
from pathlib import Path

SHOWN_CHARS = 60  # of a cell: six columns of them at most are read at 1400 px


def as_code(said: str, most: int | None = None) -> str:
    """A code span of at most `most` characters: as Markdown, what a crawled page says could have images loaded by who looks at it."""
    line = " ".join(said.split())  # a blank line would end the span
    line = line if most is None else shortened(line, most)
    line = line.replace("|", "\N{BROKEN BAR}")  # which would end a cell of a Markdown table, in a span too
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if line else ""


def shortened(text: str, most: int = SHOWN_CHARS) -> str:
    """Beginning and end, where the middle is too long: addresses differ at their ends."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def share(value: float | None) -> str:
    """`4 %`; a dash where there is none."""
    return "–" if value is None else f"{value:.0%}".replace("%", " %")


def moment(at: datetime | None) -> str:
    """`29 Nov 08:31`, in UTC; a dash where there is none."""
    return "–" if at is None else f"{at:%-d %b %H:%M}"


def days(count: float | None) -> str:
    """`1 day`, `3.5 days`"""
    if count is None:
        return "–"
    return "1 day" if count == 1 else f"{count:g} days"


def every(gap_days: float | None) -> str:
    """`every day`, `every 3.5 days`"""
    return "every day" if gap_days == 1 else f"every {days(gap_days)}"


def size(byte_count: int) -> str:
    """`14.2 MB`, `3.1 GB`"""
    return f"{byte_count / 1e9:.1f} GB" if byte_count >= 1e9 else f"{byte_count / 1e6:.1f} MB"


def command(arguments: str, home: Path) -> str:
    """What to type, as a code span: on the machine that the run was on, so the home folder is always named."""
    return as_code(f"broadsheet {arguments} --home {shlex.quote(str(home))}")
