"""The characters that carry most of a language's running text: what a page looks like when it is decoded right.

Chinese, Japanese and Korean: the most frequent characters of published frequency lists (Jun Da for Chinese, the
National Institute of Korean Language for syllables), from memory of their common top; kana carry Japanese. Alphabets:
the letters outside ASCII, in lower case where the script has it, since running text is lower case.
"""

from typing import Final

HANZI_OF_BOTH: Final = (
    "的一是不了在人有我他上大中到和你地出道也子自用天小可多然下能好作方成老其生年着面起部物法心只如里分同力公高定"
    "行本事已家前全日月市最三二十四五六七八九合加主工化外明度正信表世第相新文特各被且次但手平口之以日立件路入内"
    "位由做活身原性政交向水重常先反全土解北西南京台海山城"
)
SIMPLIFIED: Final = HANZI_OF_BOTH + (
    "这来个们说为国时会对发过后里得着种进动实现经样开学两长从业当问间关点应无战区产还门员务别机体电头数见东车"
    "级风医报记将网财万亿设计义达认让气场边联办号华马处组织图讯亚书买卖师双总击论谈话请选运连"
)
TRADITIONAL: Final = HANZI_OF_BOTH + (
    "這來個們說為國時會對發過後裡得著種進動實現經樣開學兩長從業當問間關點應無戰區產還門員務別機體電頭數見東車"
    "級風醫報記將網財萬億設計義達認讓氣場邊聯辦號華馬處組織圖訊亞書買賣師雙總擊論談話請選運連與灣"
)
JAPANESE: Final = (
    "".join(map(chr, range(0x3041, 0x3094))) + "".join(map(chr, range(0x30A1, 0x30FD))) + "日年月人大本国一会社者時分新東京同出中"
)
KOREAN: Final = (
    "이다는을의에가고하를은지한사로기서도인정대자시어리나아해일있과들국것전보부수원라제장그게만회적성관경조주연통상비"
    "스유구위행세년할무여발오공면계동산선했안개던치소진과문재선물중방미신화용내당금와업학부생교결입음민법또모명으까"
    "됐않된난트려러후말간우양실영지청식반단질출강차함품월추투등불합터편초격"
)
# Scripts that fill the same bytes (Greek read as Cyrillic is all letters) are told apart by their dozen commonest.
RUSSIAN: Final = "оеаинтсрвлкм"
UKRAINIAN: Final = "оаинвітерсклу"
SERBIAN: Final = "аиоенрстјукв"
GREEK: Final = "αοιετσνηυρπκςό"
ARABIC: Final = "اليمنتروبهةع"
PERSIAN: Final = "اینردتمهوشبک"
HEBREW: Final = "יוהלאתרמבשנ"
THAI: Final = "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))))
VIETNAMESE: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"  # as Unicode has it; no charset here
FOREIGN_NAMES: Final = "éèêëáàâãäåíïóôöøúüñçæß"  # in English

# Charset -> what is written in it. Order breaks ties: what most of the web uses stands first.
WRITTEN_IN: Final[dict[str, tuple[str, ...]]] = {
    "windows-1252": (
        FOREIGN_NAMES,
        "äöüß", "éèàçêâîôûùëïœ", "áéíóúñü", "ãáâàçéêíóõú", "àèéìòù", "åäöéü", "æøåé", "áðéíóúýþæö", "éëïóèöü",
        "àéèíòóúç",
    ),
    "gb18030": (SIMPLIFIED,),
    "big5": (TRADITIONAL,),
    "shift_jis": (JAPANESE,),
    "euc-jp": (JAPANESE,),
    "euc-kr": (KOREAN,),
    "windows-1251": (RUSSIAN, UKRAINIAN, SERBIAN),
    "windows-1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţșț"),
    "windows-1254": ("çğıöşüâî",),
    "windows-1256": (ARABIC, PERSIAN),
    "windows-1253": (GREEK,),
    "windows-1255": (HEBREW,),
    "windows-1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "windows-1258": ("àáâăãèéêìíòóôơùúưýđ\u0300\u0301\u0303\u0309\u0323",),
    "windows-874": (THAI,),
    "koi8-r": (RUSSIAN,),
    "koi8-u": (UKRAINIAN,),
    "iso-8859-2": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž"),
    "iso-8859-5": (RUSSIAN,),
    "iso-8859-6": (ARABIC,),
    "iso-8859-7": (GREEK,),
}  # fmt: skip
# Letters that stand as signs in every language of the charset: they speak for none.
SIGNS: Final = frozenset("ªºµ")
