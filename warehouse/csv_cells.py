r"""Cells of CSV and values of JSON that are safe to open, in SQL, for what DuckDB writes itself; in Python: warehouse/inert_text.py.

A text that a spreadsheet would take for a formula gets an apostrophe, a control character becomes an escape such as \x1b; see
docs/decisions/0019-csv-is-safe-to-open.md.
"""

from warehouse.inert_text import CONTROLS, FORMULA

_IN_CELLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # CONTROLS without tab and line feed, which do no harm in quotes; RE2 cannot look ahead


def safe_cell_sql(column: str) -> str:
    """SQL that makes of a VARCHAR what `inert_text.safe_cell` does."""
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
