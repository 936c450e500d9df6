"""What class names and ids around an image say. A page repeats them, so each is asked once: the patterns take longer than the walk."""

import re
from functools import lru_cache

# By what systems call it, in English and in the languages whose style sheets have a word of their own.
_NAMED = re.compile(
    r"caption|l[eé]gende?|(?:fig|img|pic|photo|image|media|foto|bild|imagen)[-_]{0,2}(?:cap|desc|text|txt|note|title)|bildunterschrift|didascalia"
    r"|leyenda|pie[-_]?(?:de[-_]?)?(?:foto|imagen)|(?:^|\s)pie(?:$|\s)|onderschrift|bijschrift|kuvateksti|bill?edtekst|bildetekst|popisek",
    re.IGNORECASE,
)
_VIDEO = re.compile(r"video|player", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|[-_\s])(?:qr\w*|wx\w*|weixin|wechat|shar(?:e|es|ing)|sharebar|social|login|avatar\w*|authors?|comments?|teasers?|related\w*|recommend\w*|newsletters?|"
    r"promo\w*|advert\w*|ads?|subscribe\w*|ranking\w*|toolbar|math)(?:$|[-_\s])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # storyAuthor: two words


@lru_cache(maxsize=4096)
def names_caption(name: str) -> bool:
    return bool(_NAMED.search(name))


@lru_cache(maxsize=4096)
def names_other(names: str) -> bool:
    """Whether an image in it belongs to another story, or to nobody: share bars, authors, teasers, advertising."""
    return bool(_ELSEWHERE.search(_CAMEL.sub("-", names)))


@lru_cache(maxsize=4096)
def names_video(names: str) -> bool:
    return bool(_VIDEO.search(names))
