r"""Cells of CSV that are safe to open in a spreadsheet: in Python for what is printed, in SQL for what DuckDB writes itself.

A text that a spreadsheet would take for a formula gets an apostrophe, a control character becomes an escape such as \x1b; see
docs/decisions/0019-csv-is-safe-to-open.md.
"""

import re

CONTROLS = r"\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
# https://owasp.org/www-community/attacks/CSV_Injection: with these a spreadsheet takes a text for a formula
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_KEPT = r"\t\n"  # cells are quoted, so lines and tabs do no harm
_IN_CELLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # CONTROLS without _KEPT, since RE2 cannot look ahead
_SURROGATES = r"\ud800-\udfff"  # halves of characters, which Python may hold and DuckDB does not
_NOT_IN_CELLS = re.compile(f"(?![{_KEPT}])[{CONTROLS}{_SURROGATES}]")


def safe_cell(text: str) -> str:
    """The text as a cell may have it."""
    return _NOT_IN_CELLS.sub(lambda found: ascii(found[0])[1:-1], f"'{text}" if text.startswith(FORMULA) else text)


def safe_cell_sql(column: str) -> str:
    """SQL that makes of a VARCHAR what `safe_cell` does."""
    formula = "".join(f"\\x{{{ord(character):x}}}" for character in FORMULA)
    escape = "if(c = chr(13), '\\r', printf('\\x%02x', ord(c)))"
    return f"if(regexp_matches({column}, '^[{formula}]'), '''', '') || {_escaped_sql(column, _IN_CELLS, escape)}"


def safe_json_sql(column: str) -> str:
    """SQL for a text of JSON with what stands in it as a control character as an escape of JSON's own."""
    return _escaped_sql(column, CONTROLS, "printf('\\u%04x', ord(c))")


def _escaped_sql(column: str, characters: str, escape: str) -> str:
    one = f"CASE WHEN regexp_matches(c, '[{characters}]') THEN {escape} ELSE c END"
    each = f"array_to_string(list_transform(string_split({column}, ''), lambda c: {one}), '')"
    return f"CASE WHEN regexp_matches({column}, '[{characters}]') THEN {each} ELSE {column} END"
