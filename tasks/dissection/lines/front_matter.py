"""What extractors write above a text: trafilatura and static site generators put metadata there as YAML between dashes."""

import re
from html import escape

FENCE = "---"
MOST_LINES = 40
_FIELD = re.compile(r"(\w[\w-]*):\s*(.*)")
# Field of front matter -> the name that the same statement has in a page's <meta>.
_META = {
    "author": "author", "date": "article:published_time", "sitename": "og:site_name", "url": "og:url", "language": "og:locale",
    "description": "description",
}  # fmt: skip


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """(fields by lower-case name, the text with their lines blank, so that line numbers stay); no fields where there are none."""
    lines = text.split("\n", MOST_LINES)
    if lines[0].strip("\ufeff \r") != FENCE:
        return {}, text
    end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    found = [_FIELD.fullmatch(line.strip()) for line in lines[1:end]] if end else []
    fields = {match[1].lower(): match[2].strip().strip("\"'") for match in found if match and match[2].strip()}
    if not fields or not end:
        return {}, text
    return fields, "\n".join([*[""] * (end + 1), *lines[end + 1 :]])


def meta_of(fields: dict[str, str]) -> str:
    """The fields as <meta> elements, which the regions read as they read a page's own."""
    return "".join(f'<meta name="{name}" content="{escape(fields[field])}">' for field, name in _META.items() if field in fields)
