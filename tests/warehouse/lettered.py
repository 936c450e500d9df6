"""Articles in many languages that tests search, each known by one letter."""

from warehouse.connection import Connection

ARTICLES = {  # one letter -> language, title, body
    "a": ("zh", "網絡攻擊後的調查", "記者瞭解到，警察正在調查一宗網絡攻擊。乾隆年間沒有計畫。"),
    "b": ("zh", "网络安全周开幕", "专家谈网络安全，也谈攻击网络的人。"),
    "c": ("en", "White House says no", "The White House, asked about two elections, said nothing. Don’t worry."),
    "d": ("en", "A house of white stone", "It elected to stay white. A white houseboat passed the house."),
    "e": ("de", "Die Fähre über den Fluß", "Die Schiffer wählen: Wahlen auf der Fähre."),
    "f": ("ja", "広島の図書館", "ニュースによると、広島市の図書館が開いた。"),
    "g": ("ko", "나룻배가 멈췄다", "바람이 불어 나룻배가 멈췄다고 선장이 말했다."),
    "h": ("th", "เรือข้ามฟากหยุด", "กัปตันบอกว่าเรือข้ามฟากหยุดเพราะลมแรง"),
    "i": ("ar", "الحكومة تعلن", "أعلنت الحكومة أن أحمد وصل إلى الميناء."),
    "j": ("ru", "Новый мост", "Новый мост открыли на русской реке."),
    "k": ("en", "Ferries in port", "Two ferries carried parties."),
    "l": ("fr", "Les journaux du soir", "Les journaux parlent d'un cheval."),
    "m": ("nl", "Huizen aan zee", "De huizen werden verkocht."),
}
ROWS = """
INSERT INTO raw.pages BY NAME SELECT '{id}' AS page_id, 'https://{host}/{id}' AS url, 'sidecar' AS url_source, '{host}' AS host,
    TIMESTAMPTZ '2026-03-0{day} 09:00:00Z' AS observed_at, 'sidecar' AS observed_source, 'sha1:' || repeat('A', 32) AS digest,
    1 AS byte_count,
    'html_folder' AS source_kind, '{id}' AS source_uri, 0 AS source_offset, 'w' AS warc_uri, 0 AS warc_offset, repeat('0', 16) AS run_id;
INSERT INTO core.articles BY NAME SELECT '{id}' AS page_id, $title AS title, $body AS body, fold($title) AS title_folded,
    fold($body) AS body_folded, '{lang}' AS lang, TIMESTAMPTZ '2026-03-0{day} 08:00:00Z' AS published_at, [] AS tags, 1 AS char_count,
    1 AS paragraph_count, '{id}' AS text_fingerprint, [] AS quality_flags, repeat('0', 16) AS run_id
"""


def add(con: Connection, letter: str, lang: str, title: str, body: str) -> None:
    first, second = ROWS.format(id=letter * 16 if letter < "g" else f"{ord(letter):016x}", lang=lang, host=f"{lang}.example",
                                day=1 + ord(letter) % 9).split(";\n")  # fmt: skip
    con.execute(first)
    con.execute(second, {"title": title, "body": body})
