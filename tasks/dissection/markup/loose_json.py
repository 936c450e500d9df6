"""JSON as publishers print it: the values of a script, flaws or not. Linear in its length, whatever it holds.

Flaws that are read over: a comma too many or too few, quotes inside texts, escapes that are none, comments and CDATA, a byte
order mark, entities, several values in one script, an end that is missing. Of the libraries for this json-repair reads
most of them too, but takes 27 s for 32 KB of '{",' (0.64, quadratic), and any page may hold those.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

MOST_LEVELS: Final = 60  # of values in each other; no more is read of what is nested deeper
_WRAPPING = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->")
_BETWEEN = re.compile(r"(?:[\s,;\ufeff\u200b]|//[^\n]*)+")
_BARE = re.compile(r"[^\s,:;{}\[\]\"]+")
_PLAIN = re.compile(r"[^\"\\]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.?))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " "}
_BLANK = re.compile(r"\s*")
_KEY = re.compile(r"\s*\"[^\"\\\n]{0,80}\"\s*:")
_VALUE = re.compile(r"\s*(?:[\"{\[\]}\d-]|true\b|false\b|null\b|$)")
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_CLOSES = {"}": dict, "]": list}


def read_json(text: str) -> list[Any]:
    """The values in `text`, one of sound JSON; none where there is none."""
    try:
        # strict=False: publishers leave raw newlines inside strings
        return [json.loads(text.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return _Reader(_unwrapped(text)).values()


def _unwrapped(text: str) -> str:
    text = _WRAPPING.sub(" ", text)
    return unescape(text) if "&quot;" in text and '"' not in text else text


class _Reader:
    """Reads from the left, each character a bounded number of times."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[dict[str, Any] | list[Any]] = []
        self.keys: list[str | None] = []  # of the open objects: the one whose value is to come
        self.read: list[Any] = []

    def values(self) -> list[Any]:
        """Objects and lists of the top level; text between them is none."""
        while len(self.open) <= MOST_LEVELS and self._skip() < len(self.text):
            mark = self.text[self.at]
            if mark in "{[":
                self._begin({} if mark == "{" else [])
            elif mark in "}]":
                self._end(_CLOSES[mark])
            elif not self.open or mark == ":":
                self.at += 1
            else:
                self._take(self._string(), may_be_key=True) if mark == '"' else self._take(self._bare())
        return [value for value in self.read if value]

    def _skip(self) -> int:
        if between := _BETWEEN.match(self.text, self.at):
            self.at = between.end()
        return self.at

    def _begin(self, value: dict[str, Any] | list[Any]) -> None:
        self.at += 1
        if not self.open:
            self.read.append(value)
        else:
            self._take(value)
        self.open.append(value)
        self.keys.append(None)

    def _end(self, kind: type) -> None:
        """Closes the innermost of its kind, and what was left open in it."""
        self.at += 1
        depth = next((index for index in range(len(self.open) - 1, -1, -1) if isinstance(self.open[index], kind)), None)
        if depth is not None:
            del self.open[depth:], self.keys[depth:]

    def _take(self, value: Any, *, may_be_key: bool = False) -> None:
        """A key where one is due, else the value of the last one or the next of a list."""
        holder = self.open[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif self.keys[-1] is None:
            self.keys[-1] = value if may_be_key and self._is_key() else None
        else:
            holder.setdefault(self.keys[-1], value)
            self.keys[-1] = None

    def _is_key(self) -> bool:
        self.at = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too
        return self.text[self.at : self.at + 1] == ":"

    def _bare(self) -> Any:
        found = _BARE.match(self.text, self.at)
        if found is None:  # nothing that a value begins with
            self.at += 1
            return None
        self.at = found.end()
        try:
            return _CONSTANTS[found[0]] if found[0] in _CONSTANTS else json.loads(found[0])
        except (ValueError, RecursionError):
            return found[0]

    def _string(self) -> str:
        """Up to the quote that ends it: another one stands in the text, unescaped."""
        parts: list[str] = []
        self.at += 1
        while True:
            plain = _PLAIN.match(self.text, self.at)
            assert plain is not None
            parts.append(plain[0])
            self.at = plain.end()
            if self.at >= len(self.text):
                break
            if self.text[self.at] == "\\":
                parts.append(self._escape())
                continue
            self.at += 1
            if self._ends_here():
                break
            parts.append('"')
        return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _escape(self) -> str:
        found = _ESCAPE.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])

    def _ends_here(self) -> bool:
        """Whether what follows a quote can follow a text: in an object the next key or its end, in a list the next value."""
        blank = _BLANK.match(self.text, self.at)
        assert blank is not None
        at, follows = blank.end(), self.text[blank.end() : blank.end() + 1]
        if not follows:
            return True
        if isinstance(self.open[-1], list):
            return follows == "]" or (follows == "," and _VALUE.match(self.text, at + 1) is not None)
        if self.keys[-1] is None:
            return follows == ":"
        after = at + 1 if follows == "," else at
        return follows in "}]" or _KEY.match(self.text, after) is not None or (follows == "," and self._closes(after))

    def _closes(self, at: int) -> bool:
        blank = _BLANK.match(self.text, at)
        assert blank is not None
        return self.text[blank.end() : blank.end() + 1] in ("}", "")


def flattened(value: Any) -> Iterator[Any]:
    """What stands in lists within lists, also in those that JSON-LD calls {"@list": …}, in its order; of another value itself."""
    waiting = deque([value])
    while waiting:
        item = waiting.popleft()
        inner = item.get("@list") if isinstance(item, dict) else item
        if isinstance(inner, list):
            waiting.extendleft(reversed(inner))
        else:
            yield item
