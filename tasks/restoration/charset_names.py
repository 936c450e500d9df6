"""Charsets by the names of the WHATWG Encoding Standard, and the Python codec that decodes each.

Browsers decode every label as the largest charset of its family (gb2312 as gb18030, iso-8859-1 as windows-1252, euc-kr
with its Microsoft extension), and so do we.
"""

import re
from typing import Final

from resiliparse.parse.encoding import map_encoding_to_html5

# Name -> Python codecs, tried in this order: NEC's row 13 (circled digits, ㈱) is missing in Python's euc_jp.
CODECS: Final[dict[str, tuple[str, ...]]] = {
    "utf-8": ("utf-8",),
    "utf-16le": ("utf-16-le",),
    "utf-16be": ("utf-16-be",),
    "utf-32le": ("utf-32-le",),
    "utf-32be": ("utf-32-be",),
    "gb18030": ("gb18030",),
    "big5": ("big5hkscs",),
    "shift_jis": ("cp932",),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "iso-2022-jp": ("iso2022_jp_ext",),
    "euc-kr": ("cp949",),
    "windows-874": ("cp874",),
    "koi8-r": ("koi8-r",),
    "koi8-u": ("koi8-u",),
    **{f"windows-{page}": (f"cp{page}",) for page in range(1250, 1259)},
    **{f"iso-8859-{part}": (f"iso8859-{part}",) for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "ibm866": ("cp866",),
    "macintosh": ("mac-roman",),
}
MULTI_BYTE: Final = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")

# resiliparse answers with Python's names.
_BY_PYTHON_NAME: Final = {
    "gbk": "gb18030", "gb2312": "gb18030", "big5hkscs": "big5", "cp950": "big5", "cp932": "shift_jis",
    "euc_jp": "euc-jp", "euc_kr": "euc-kr", "cp949": "euc-kr", "iso2022_jp": "iso-2022-jp", "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254", "iso8859-11": "windows-874", "cp874": "windows-874", "ascii": "windows-1252",
    "koi8_r": "koi8-r", "koi8_u": "koi8-u", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be", "mac_roman": "macintosh",
    "utf_8": "utf-8", "utf8": "utf-8", "johab": "euc-kr", "cp866": "ibm866",
}  # fmt: skip
_PREFIXES: Final = ((re.compile(r"^cp(125\d)$"), r"windows-\1"), (re.compile(r"^iso8859[-_](\d+)$"), r"iso-8859-\1"))

_META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
META_WITHIN: Final = 8192  # bytes; the standard says 1024, real pages put scripts before it


def charset_of_label(label: str | None) -> str | None:
    """The charset that a declaration means; None for no declaration, and for one that names no charset of text."""
    if not label:
        return None
    cleaned = label.strip().strip("\"'").lower()
    name = (map_encoding_to_html5(cleaned, fallback_utf8=False) or cleaned).lower()
    name = _BY_PYTHON_NAME.get(name, name)
    for pattern, replacement in _PREFIXES:
        name = pattern.sub(replacement, name)
    name = _BY_PYTHON_NAME.get(name, name)
    return name if name in CODECS else None


def declared_in(body: bytes) -> str | None:
    """The charset that the page itself declares, in its meta element or XML declaration."""
    head = body[:META_WITHIN]
    found = _META.search(head) or _XML.search(head)
    charset = charset_of_label(found.group(1).decode("ascii", "replace")) if found else None
    # Whoever could read the declaration byte by byte is not reading UTF-16: the standard takes it as UTF-8.
    return "utf-8" if charset and charset.startswith("utf-") else charset
