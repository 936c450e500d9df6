"""What a template printed in place of a value: {{article.author}}, %author%, page.head.extra.author."""

import re
from functools import lru_cache

_MARKS = re.compile(r"\{\{|\}\}|\$\{|\{%|<%|%>|\[\[|\]\]|<\?(?:php|=)")
_WHOLE = re.compile(
    r"%{1,2}[\w.-]+%{1,2}|#[A-Z_]{3,}#|__\w+__|\$\w*[a-z_]\w*|\{[\w.]+\}|\[[a-z_]+\]|@[a-z]+(?:\.[A-Za-z]+)+|undefined|null|none|nan|false"
    r"|(?:[a-z]\w*\.)+(?:\w*author\w*|byline|creator|(?:display_?|full_?|user_?)?name|title|headline)",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def is_placeholder(text: str) -> bool:
    """Whether it is the name of a value and none: the marks of a template language, or a variable's path and no more."""
    stripped = text.strip()
    return bool(stripped) and bool(_MARKS.search(stripped) or _WHOLE.fullmatch(stripped))
