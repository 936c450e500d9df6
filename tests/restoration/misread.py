"""Pages whose bytes a decoder has read that another charset had written, in many languages: invented news, and what decoders make of it."""

from collections.abc import Iterator
from typing import Final

from tasks.restoration.decoders import CODECS
from tests.restoration.paragraphs import AR, CS, DE, EL, ES, FR, HE, JA, KO, LT, PL, RU, TR, UK, VI, ZH_CN

BG: Final = (
    "Вчера в града отвориха нов мост над реката. Строежът продължи четири години и струваше повече, отколкото очакваха всички. "
    "Жителите казват, че сега пътят до центъра отнема десет минути. Кметът обеща догодина да оправи и старата гара."
)
SR: Final = (
    "Јуче је у граду отворен нови мост преко реке. Градња је трајала четири године и коштала више него што се очекивало. "
    "Становници кажу да сада пут до центра траје десет минута. Градоначелник је обећао да ће догодине обновити и стару станицу."
)
HU: Final = (
    "Tegnap új hidat adtak át a városban a folyó fölött. Az építkezés négy évig tartott, és többe került, mint amennyire számítottak. "
    "A környékbeliek szerint most tíz perc az út a központig. A polgármester azt ígérte, jövőre a régi pályaudvar is megújul, s fű nő köré."
)
RO: Final = (
    "Ieri a fost deschis în oraș un pod nou peste râu. Lucrările au durat patru ani și au costat mai mult decât se aștepta. Locuitorii "
    "spun că drumul până în centru ține acum zece minute. Primărița a promis că la anul va repara și gara veche, dacă ajung banii."
)
PT: Final = (
    "A nova ponte sobre o rio foi aberta ontem na cidade. As obras duraram quatro anos e custaram mais do que se previa. Os moradores "
    "dizem que agora o caminho até ao centro é de dez minutos. A presidente da câmara não esconde a satisfação e promete uma estação."
)
SV: Final = (
    "I går öppnades den nya bron över ån. Bygget tog fyra år och blev dyrare än väntat. De boende säger att vägen in till centrum nu "
    "tar tio minuter. Kommunalrådet lovade att även den gamla järnvägsstationen ska rustas upp nästa år, när bidragen har kommit."
)
HR: Final = (
    "Jučer je u gradu otvoren novi most preko rijeke. Gradnja je trajala četiri godine i koštala više nego što se očekivalo. Žitelji "
    "kažu da put do središta sada traje deset minuta. Gradonačelnica je obećala da će dogodine obnoviti i staru željezničku postaju."
)
FA: Final = (
    "دیروز پل تازه‌ای بر روی رودخانه شهر گشوده شد. ساخت آن چهار سال طول کشید و بیش از آنچه گمان می‌رفت هزینه داشت. مردم می‌گویند که "
    "اکنون راه مرکز شهر ده دقیقه است. شهردار نوید داد که سال آینده ایستگاه کهنه نیز نوسازی شود و پارکی کنار آن ساخته شود."
)
# Language -> its paragraph.
LANGUAGES: Final = {
    "ru": RU, "uk": UK, "bg": BG, "sr": SR, "pl": PL, "cs": CS, "hu": HU, "ro": RO, "hr": HR, "lt": LT, "tr": TR, "el": EL, "he": HE,
    "ar": AR, "fa": FA, "vi": VI, "de": DE, "fr": FR, "es": ES, "pt": PT, "sv": SV, "zh": ZH_CN, "ja": JA, "ko": KO,
}  # fmt: skip
# Decoders as which UTF-8 is read on the web; others are too rare to tell apart from these by short texts.
READERS: Final = (
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "latin-1",
    "koi8-r", "ibm866", "ibm850", "ibm437", "ibm852", "macintosh", "x-mac-cyrillic", "iso-8859-2", "iso-8859-5",
)  # fmt: skip
_LATIN: Final = ("windows-1252", "latin-1", "windows-1251", "windows-1250", "koi8-r", "macintosh", "ibm437")
_CYRILLIC: Final = ("windows-1251", "koi8-r", "ibm866", "iso-8859-5")
# (language, charset that was written, decoders that read it)
WRITTEN: Final = (
    *((language, written, (*_CYRILLIC, *_LATIN)) for language in ("ru", "bg") for written in ("windows-1251", "koi8-r", "iso-8859-5")),
    *((language, "ibm866", ("windows-1251", "windows-1252", "latin-1", "koi8-r")) for language in ("ru", "bg")),
    ("uk", "windows-1251", (*_CYRILLIC, *_LATIN)),
    ("uk", "koi8-u", ("windows-1251", "windows-1252", "latin-1", "ibm866")),
    ("sr", "windows-1251", ("windows-1252", "latin-1", "windows-1250", "koi8-r")),
    ("el", "windows-1253", _LATIN),
    ("el", "iso-8859-7", _LATIN),
    ("he", "windows-1255", _LATIN),
    ("ar", "windows-1256", ("windows-1252", "latin-1", "windows-1251", "koi8-r")),
    ("tr", "windows-1254", ("windows-1252", "latin-1", "windows-1250", "windows-1251")),
    *((language, "windows-1250", ("windows-1252", "latin-1", "windows-1251", "ibm437", "macintosh")) for language in ("pl", "cs")),
    *((language, "iso-8859-2", ("windows-1252", "latin-1", "windows-1251")) for language in ("pl", "cs", "hr")),
    *((language, "ibm852", ("windows-1252", "windows-1250")) for language in ("pl", "cs")),
    *((language, "windows-1252", ("windows-1251", "koi8-r")) for language in ("fr", "pt")),
    ("fr", "macintosh", ("windows-1252", "latin-1")),
)  # fmt: skip


def page_of(text: str) -> str:
    """A paragraph as a page, a sentence in each of its own: title with the outlet's name, headline, paragraphs, footer."""
    sentences = [sentence for sentence in text.replace("。", "。\x00").replace(". ", ".\x00").split("\x00") if sentence]
    headline = sentences[0].rstrip(".。")
    paragraphs = "\n".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f"<!DOCTYPE html><html><head><title>{headline} | Ferry Post</title></head><body>"
        f'<nav><a href="/">Home</a> <a href="/news">News</a></nav><h1>{headline}</h1>\n{paragraphs}\n'
        '<footer><p>About us</p></footer></body></html>'
    )  # fmt: skip


def misread(text: str, read: str, written: str = "utf-8") -> str:
    """What a decoder makes of a text; what its charset lacks is U+FFFD, or a control in the charsets of Windows, as in browsers.

    A character that the written charset lacks stands as it is: on pages it is an entity.
    """
    return "".join(char if char < "\x80" else _misread(char, read, CODECS.get(written, written)) for char in text)


def _misread(char: str, read: str, written: str) -> str:
    data = char.encode(written, "ignore")
    return "".join(_shown(byte, read) for byte in data) or char


def _shown(byte: int, read: str) -> str:
    is_control = read.startswith("windows-") and byte < 0xA0
    return bytes((byte,)).decode(CODECS[read], "ignore") or (chr(byte) if is_control else "\ufffd")


def misread_utf_8() -> Iterator[tuple[str, str]]:
    """Every language with every decoder."""
    return ((language, read) for language in LANGUAGES for read in READERS)


def misread_charsets() -> Iterator[tuple[str, str, str]]:
    """Language, charset that was written, decoder that read it."""
    return ((language, written, read) for language, written, readers in WRITTEN for read in readers if read != written)
