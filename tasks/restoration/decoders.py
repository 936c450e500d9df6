"""Decoders of one byte a character by which bytes were read that another charset had written, and what UTF-8 looks like in them."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

# Name -> Python codec. Of two that explain a page as well, the first is taken.
CODECS: Final[dict[str, str]] = {
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    **{f"windows-{page}": f"cp{page}" for page in (1251, 1250, 1253, 1256, 1255, 1254, 1257, 1258)},
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    "macintosh": "mac-roman",
    "ibm850": "cp850",
    "ibm437": "cp437",
    "ibm852": "cp852",
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 5, 7, 9, 15)},
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ce": "mac-latin2",
    "x-mac-greek": "mac-greek",
    **{f"ibm{page}": f"cp{page}" for page in (857, 855, 737, 862)},
}
# Of UTF-8, the characters that carry running text of many languages, and the beginnings of those of three bytes.
_FREQUENT: Final = (
    "оеаинітрαοιετσיוהלאاليمنرéèàçäöüßáíóúãñåøæąęćłśźżčďěřšžőűăâîșțţıėųāīđõ“”’–…«»╨▒│"
    "\u0e02\u0e32\u0915\u093e\u1ea1\u1ebf\u3001\u3042\u4e00\u5728\uac00\uff0c"
)
# Pairs that stand in words, and at the end of a quotation, too.
_ORDINARY = re.compile(
    "[А-Яа-яёіїєґўј][а-яёіїєґўј]|[А-ЯІЇЄ]{2}|[Α-Ωα-ωά-ώΆ-Ώ][α-ωά-ώ]|[Α-ΩΆ-Ώ]{2}|[א-ת]{2}|[ء-ي]{2}|[ก-ฺเ-๎]{2}|[A-Za-zß-öø-ž][ß-öø-ž]"
    "|[а-яёіїєґα-ωά-ώא-תء-ي][»”’“…–—]"
)
_BYTES: Final = range(0x80, 0x100)
_FOLLOWING: Final = range(0x80, 0xC0)


@dataclass(frozen=True, slots=True)
class Decoder:
    """What a decoder shows for each byte from 80 on, and the patterns of UTF-8 that it has read."""

    name: str
    shown: dict[int, str]  # byte -> character; without those that it refuses
    byte_of: dict[str, int]  # the other way round, and what lenient decoders show
    refused: tuple[int, ...]  # following bytes of UTF-8 that come out as a control, as nothing, as ? or as U+FFFD
    whole: re.Pattern[str] = field(repr=False)  # characters of UTF-8 in a row
    broken: re.Pattern[str] = field(repr=False)  # the beginning of one whose last byte was lost, with the mark that is left of it

    def bytes_of(self, run: str) -> bytes:
        """The bytes that were read as this run; KeyError where it cannot have been read by this decoder."""
        return bytes(ord(char) if char < "\x80" else self.byte_of[char] for char in run)

    def text_of(self, run: str) -> str:
        """A run of `whole` as its writer meant it; empty where it is no UTF-8 after all."""
        try:
            return self.bytes_of(run).decode()
        except UnicodeDecodeError:  # surrogates, and characters in more bytes than they need
            return ""


@cache
def decoder(name: str) -> Decoder:
    """The decoder of this name; KeyError where there is none."""
    shown = {byte: char for byte in _BYTES if (char := _shown(byte, name))}
    byte_of = {char: byte for byte, char in shown.items()}
    if name.startswith("windows-"):  # some decoders take Latin-1 where the charset has nothing
        byte_of = {chr(byte): byte for byte in _BYTES if byte not in shown} | byte_of
    chars = {byte: re.escape("".join(char for char, one in byte_of.items() if one == byte)) for byte in _BYTES}
    first = {length: _class(chars, least, most) for length, least, most in ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4))}
    next_ = _class(chars, 0x80, 0xBF)
    return Decoder(
        name=name,
        shown=shown,
        byte_of=byte_of,
        refused=tuple(byte for byte in _FOLLOWING if not bytes((byte,)).decode(CODECS[name], "ignore")),
        whole=re.compile(f"(?:{first[2]}{next_}|{first[3]}{next_}{{2}}|{first[4]}{next_}{{3}})+"),
        broken=re.compile(f"(?:{first[2]}|{first[3]}{next_})(?!{next_})(?P<left>[?\ufffd ]?)"),
    )


@cache
def telling_pairs() -> dict[str, tuple[str, ...]]:
    """Two characters in a row that a decoder makes of frequent UTF-8, with the decoders that do."""
    pairs: dict[str, dict[str, None]] = {}
    for name in CODECS:
        for char in _FREQUENT:
            first, second = (_shown(byte, name) for byte in char.encode()[:2])
            if first and second and not _ORDINARY.fullmatch(first + second):
                pairs.setdefault(first + second, {})[name] = None
    return {pair: tuple(names) for pair, names in pairs.items()}


def _shown(byte: int, name: str) -> str:
    """The character; the control for low bytes that a charset of Windows lacks, as in browsers; nothing where the decoder refuses."""
    return bytes((byte,)).decode(CODECS[name], "ignore") or (chr(byte) if name.startswith("windows-") and byte < 0xA0 else "")


def _class(chars: dict[int, str], least: int, most: int) -> str:
    return "[" + "".join(chars[byte] for byte in range(least, most + 1)) + "]"
