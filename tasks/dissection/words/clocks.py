"""Reading a time of day and its zone from the text beside a date."""

import re
from dataclasses import dataclass

from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.zones import offset_zone

# Between a date and its time stand a weekday, a dash, "at" or a label: 24 is the longest of those in the pages.
_GAP = r"(?P<gap>[^\d]{0,24}?)"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])(?:"
    r"\s?(?:[:：]|h(?=\s?\d{2}(?!\d))|[時时点點시]\s?)\s?(?P<minute>[0-5]\d)(?!\d)(?:[:：分분]\s?(?P<second>[0-5]\d)(?!\d)(?:[.,]\d+)?)?[分분秒초]?"
    r"|\.(?P<dotted>[0-5]\d)(?![\d.])(?=\s*(?:uhr|h\b|hrs|wib|wita|wit|น|am|pm|gmt|bst|ist|cest?|e[sd]t|$|[,|)]))"
    r"|(?=\s?[ap]\.?\s?m\b)"
    r")"
)
_HALF = r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ\b\.?|[صم](?!\w)|SA\b|CH\b|PTG\b|PG\b))?"
_ZONE = (
    r"(?:(?:\s?Uhr)?\s?\(?\s?(?:"
    r"(?:GMT|UTC)\s?(?P<named_sign>[+\-−])\s?(?P<named_hours>\d{1,2})(?::?(?P<named_minutes>\d{2}))?"
    r"|(?P<sign>[+\-−])(?P<hours>\d{2}):?(?P<minutes>\d{2})?(?!\d)"
    r"|(?P<abbreviation>Z\b|(?:[A-Z]{2,5}|МСК)\b)))?"
)
_AFTER = re.compile(_GAP + _CLOCK + _HALF + _ZONE, re.IGNORECASE)
# A dot parts hours and minutes where what stands before says that a time of day follows: kl. 15.07, klo 15.07, ore 15.07.
_DOTTED = re.compile(
    r"[^\d]{0,20}?\b(?:klo?\.?|ore|alle|pukul|om|um|at|jam)\s(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])" + _HALF + _ZONE,
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:：h.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    + _HALF
    + _ZONE
    + r"\)?[\s,|·•\-–—/]*(?:(?:on|le|am|del|el|em|den|ngày|tarih|thứ)\s)?\w{0,10}[,.]?\s*$",
    re.IGNORECASE,
)
_ISO_T = re.compile(r"T(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE)
_PARTED = re.compile(r"\b([ap])\.?\s?m$")  # p. m. in Latin America
_DATE_STARTS = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d")


@dataclass(frozen=True, slots=True)
class Clock:
    hour: int
    minute: int
    second: int
    zone: str | None
    start: int
    end: int


def clock_after(text: str, end: int) -> Clock | None:
    """The time of day that follows a date ending at `end`, or None."""
    rest = text[end : end + 80]
    if iso := _ISO_T.match(rest):
        zone = _iso_zone(iso[4])
        hour, minute, second = int(iso[1]), int(iso[2]), int(iso[3] or 0)
        if hour < 24 and minute < 60:
            return Clock(hour, minute, min(second, 59), zone, end, end + iso.end())
        return None
    match = _AFTER.match(rest) or _DOTTED.match(rest)
    if match is None or _DATE_STARTS.match(rest[match.start("hour") :]):
        return None
    return _clock(match, end, _half(match.groupdict().get("gap")) or _half(match["half"]))


def clock_before(text: str, start: int) -> Clock | None:
    """The time of day right before a date that begins at `start`, or None."""
    left = max(0, start - 40)
    match = _BEFORE.search(text[left:start])
    return _clock(match, left, _half(match["half"])) if match else None


def _clock(match: re.Match[str], shift: int, half: str | None) -> Clock | None:
    parts = match.groupdict()
    hour = int(parts["hour"])
    if half == "after" and hour < 12:
        hour += 12
    elif half == "before" and hour == 12:
        hour = 0
    if hour > 23:
        return None
    minute, zone = int(parts["minute"] or parts.get("dotted") or 0), _zone(parts)
    # letters that name no zone are the next word: "11:00 Ende: 18:00"
    end = match.start("abbreviation") if parts["abbreviation"] and zone is None else match.end()
    return Clock(hour, minute, int(parts.get("second") or 0), zone, shift + match.start("hour"), shift + end)


def _half(text: str | None) -> str | None:
    """Which half of the day the words beside a time name: before or after noon, or None."""
    folded = (text or "").strip().casefold().rstrip(".")
    if not folded:
        return None
    tail = _PARTED.sub(r"\1m", folded).split()[-1]
    for half, table in (("before", "before_noon"), ("after", "after_noon")):
        if any(tail == word or (not word.isascii() and len(word) > 1 and tail.endswith(word)) for word in words_of("times", table)):
            return half
    return None


def _zone(parts: dict[str, str | None]) -> str | None:
    for sign, hours, minutes in (("named_sign", "named_hours", "named_minutes"), ("sign", "hours", "minutes")):
        if parts.get(hours):
            return _offset(parts[sign] or "+", parts[hours] or "0", parts[minutes])
    name = (parts.get("abbreviation") or "").upper()
    lexicon = load_lexicon("times")
    if name == "Z":
        return "UTC"
    if name in lexicon["named"]:
        return str(lexicon["named"][name])
    return _from_minutes(lexicon["zones"][name]) if name in lexicon["zones"] else None


def _iso_zone(text: str | None) -> str | None:
    if not text:
        return None
    return "UTC" if text in "Zz" else _offset(text[0], text[1:3], text[3:].strip(":") or None)


def _offset(sign: str, hours: str, minutes: str | None) -> str | None:
    total = int(hours) * 60 + int(minutes or 0)
    return _from_minutes(-total if sign in "-−" else total)


def _from_minutes(minutes: int) -> str | None:
    zone = offset_zone(minutes)
    return zone.name if zone else None
