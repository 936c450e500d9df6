"""Every entry of every lexicon is recognised by the function that reads it, in its language."""

from collections.abc import Callable

Reader = Callable[[str, str], bool]  # (entry, language) -> whether it is recognised
