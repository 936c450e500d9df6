"""Articles of a generated home by the name that each alone has: what a search must find, and first."""

import duckdb

from tasks.restoration.characters.scripts import simplified, traditional


def known_items(con: duckdb.DuckDBPyConnection, count: int, lang: str = "zh") -> list[tuple[str, str, str]]:
    """(page_id, name, title) of `count` articles of a language, the same ones every time."""
    rows = con.execute("SELECT page_id, title FROM core.articles WHERE lang = $1 ORDER BY hash(page_id) LIMIT $2", [lang, count]).fetchall()
    return [(page_id, title[-4:] if lang in ("zh", "ko") else title.split(" ")[-1][-8:], title) for page_id, title in rows]


def forms(name: str) -> tuple[str, str, str]:
    """Simplified, Traditional, and as a cloak prints it."""
    from pypinyin import Style, lazy_pinyin

    old = "".join(map(traditional, name))
    readings = lazy_pinyin(old, style=Style.TONE)
    cloaked = "".join(f"{char}({reading})" if at % 2 == 0 else char for at, (char, reading) in enumerate(zip(old, readings, strict=True)))
    return "".join(map(simplified, name)), old, cloaked
