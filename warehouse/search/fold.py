"""The form in which texts are searched and compared: one for every way to write the same characters.

A map from code point to code point, shipped as fold.tsv, and nothing else: so `fold` here and the macro `fold` in SQL give the same by
construction, whatever version of Unicode either knows. tasks/restoration/characters/build_fold.py makes the file.
"""

import hashlib
from functools import cache
from pathlib import Path

from warehouse.sql_text import literal

DATA = Path(__file__).parent / "fold.tsv"


def fold(text: str) -> str:
    """Text without case, accents and width, and with one character for all that are written for one another: 網, 网 and ネット's own kana
    apart. As many characters as before, but for marks, which fall away."""
    return text.lower() if text.isascii() else text.translate(_table())


@cache
def fold_map() -> tuple[str, str]:
    """The characters that change, and behind one another what they become: the arguments of SQL's translate, which drops those of the
    first that have none in the second."""
    lines = [line.split("\t") for line in DATA.read_text("ascii").splitlines()]
    members = {became: "".join(chr(int(point, 16)) for point in points.split(" ")) for became, points in lines}
    gone = members.pop("-")
    before = "".join(members.values())
    return before + gone, "".join(chr(int(became, 16)) * len(chars) for became, chars in members.items())


@cache
def fold_version() -> str:
    """Eight hex digits: other ones for another map."""
    return hashlib.sha256("\0".join(fold_map()).encode()).hexdigest()[:8]


def with_map(sql: str) -> str:
    """SQL in which :before and :after stand for the map, as literals."""
    before, after = fold_map()
    return sql.replace(":before", literal(before)).replace(":after", literal(after))


@cache
def _table() -> dict[int, int | None]:
    before, after = fold_map()
    return dict(zip(map(ord, before), [*map(ord, after), *[None] * (len(before) - len(after))], strict=True))
