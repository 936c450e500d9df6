"""A paragraph of made-up news in each language, and the charsets it is tried in."""

import unicodedata
from typing import Final

ZH_CN: Final = (
    "本报讯 记者昨日从市水务局了解到，今年全市计划新建三座自来水厂，预计明年年底前投入使用。有关负责人表示，项目建成后"
    "每天可以多供水二十万吨，基本能够解决城东居民夏季用水紧张的问题。周边的老旧管道也会一并更换，工程期间将分段停水。"
)
ZH_TW: Final = (
    "記者昨天從市政府得知，新的圖書館將在明年春天開放，館內有三萬多冊圖書，也設有兒童閱讀區與電腦教室。市長在會議上說，"
    "這個計畫討論了五年，終於可以讓居民使用。附近的學校對這項發展表示歡迎，認為學生放學後會有更多地方可以去。"
)
JA: Final = (
    "市は昨日、駅前の古い市場を来年の春に建て替えると発表した。新しい建物には魚屋や八百屋のほか、子どもが遊べる広場もできる"
    "という。長年ここで店を開いてきた女性は「さびしいけれど、楽しみにしている」と話した。①工事は二月から始まる。"
)
KO: Final = (
    "시는 어제 강변 공원에 새로운 자전거 도로를 만들겠다고 밝혔다. 공사는 내년 봄에 시작해서 가을에 끝날 예정이다. 주민들은 "
    "오래전부터 안전한 길이 필요하다고 말해 왔다. 시장은 예산이 이미 마련되었으며 다른 지역에도 같은 사업을 하겠다고 했다."
)
RU: Final = (
    "Вчера в городе открыли новый мост через реку. Строительство шло четыре года и обошлось дороже, чем ожидали. Жители "
    "района говорят, что теперь дорога до центра занимает десять минут. Мэр обещал отремонтировать и старую набережную."
)
UK: Final = (
    "Учора в місті відкрили нову бібліотеку. Її будували три роки, і вона коштувала більше, ніж очікували. Мешканці кажуть, "
    "що тепер дітям є де читати після школи. Міський голова обіцяє, що наступного року з'явиться ще й сучасний читальний зал."
)
PL: Final = (
    "Wczoraj w mieście otwarto nowy most. Budowa trwała cztery lata i kosztowała więcej, niż się spodziewano. Mieszkańcy "
    "mówią, że droga do śródmieścia zajmuje im teraz dziesięć minut. Burmistrz obiecał też odnowić stary dworzec i łąkę."
)
CS: Final = (
    "Včera ve městě otevřeli nový most přes řeku. Stavba trvala čtyři roky a stála více, než se čekalo. Lidé říkají, že "
    "cesta do středu města jim teď zabere deset minut. Starosta slíbil, že příští rok opraví také staré nádraží u školy."
)
DE: Final = (
    "Gestern wurde in der Stadt die neue Brücke eröffnet. Der Bau dauerte vier Jahre und kostete mehr als erwartet. Für die "
    "Anwohner ist der Weg in die Innenstadt nun kürzer. Der Bürgermeister kündigte an, auch die Straße am Fluss zu erneuern."
)
FR: Final = (
    "Hier, la ville a inauguré un nouveau pont sur la rivière. Le chantier a duré quatre années et a coûté plus cher que "
    "prévu. Les habitants espèrent gagner dix minutes chaque matin. « C’est déjà mieux », a déclaré une élève du collège."
)
ES: Final = (
    "El ayuntamiento inauguró ayer el nuevo puente sobre el río. Las obras duraron cuatro años y costaron más de lo previsto. "
    "Los vecinos dicen que ahora tardan diez minutos en llegar al centro. ¿Y el próximo año? La alcaldesa prometió más árboles."
)
TR: Final = (
    "Şehirde dün yeni bir köprü açıldı. İnşaat dört yıl sürdü ve beklenenden pahalıya mal oldu. Mahalle sakinleri artık "
    "çarşıya on dakikada ulaştıklarını söylüyor. Belediye başkanı, gelecek yıl eski istasyonun da onarılacağını açıkladı."
)
EL: Final = (
    "Χθες άνοιξε στην πόλη η νέα γέφυρα πάνω από τον ποταμό. Τα έργα κράτησαν τέσσερα χρόνια και κόστισαν περισσότερο από όσο "
    "περίμεναν όλοι. Οι κάτοικοι λένε πως τώρα φτάνουν στο κέντρο σε δέκα λεπτά. Ο δήμαρχος υποσχέθηκε και νέο πάρκο."
)
AR: Final = (
    "افتتحت المدينة أمس جسرا جديدا فوق النهر بعد أربع سنوات من العمل. وقال السكان إن الطريق إلى وسط المدينة أصبح أقصر، "
    "وإن الأطفال يصلون إلى المدرسة في عشر دقائق. ووعد رئيس البلدية بإصلاح المحطة القديمة في العام المقبل."
)
HE: Final = (
    "אתמול נפתח בעיר גשר חדש מעל הנהר. הבנייה נמשכה ארבע שנים ועלתה יותר מן הצפוי. התושבים אומרים שהדרך למרכז העיר "
    "לוקחת עכשיו עשר דקות בלבד. ראש העיר הבטיח לשפץ בשנה הבאה גם את תחנת הרכבת הישנה."
)
LT: Final = (
    "Vakar mieste atidarytas naujas tiltas per upę. Statybos truko ketverius metus ir kainavo daugiau, nei tikėtasi. Gyventojai "
    "sako, kad dabar į miesto centrą nuvažiuoja per dešimt minučių. Meras žada kitąmet sutvarkyti ir senąją stotį."
)
VI: Final = (
    "Hôm qua thành phố đã khánh thành cây cầu mới qua sông. Công trình kéo dài bốn năm và tốn hơn dự kiến. Người dân nói rằng "
    "đường vào trung tâm giờ chỉ mất mười phút. Thị trưởng hứa năm sau sẽ sửa nhà ga cũ và trồng thêm nhiều cây xanh."
)


def with_tones_apart(text: str) -> str:
    """Vietnamese as windows-1258 writes it: the tone is a character of its own behind its vowel."""
    parts = (unicodedata.normalize("NFD", character) for character in text)
    return "".join(
        unicodedata.normalize("NFC", "".join(mark for mark in part if mark not in TONES)) + "".join(mark for mark in part if mark in TONES)
        for part in parts
    )


TONES: Final = "\u0300\u0301\u0303\u0309\u0323"

# Charset by its WHATWG name, the Python codec that writes it, the paragraph.
PARAGRAPHS: Final = (
    ("gb18030", "gbk", ZH_CN),
    ("big5", "big5hkscs", ZH_TW),
    ("shift_jis", "cp932", JA),
    ("euc-jp", "euc_jis_2004", JA),
    ("euc-kr", "cp949", KO),
    ("windows-1250", "cp1250", PL),
    ("windows-1250", "cp1250", CS),
    ("windows-1251", "cp1251", RU),
    ("windows-1251", "cp1251", UK),
    ("windows-1252", "cp1252", DE),
    ("windows-1252", "cp1252", FR),
    ("windows-1252", "cp1252", ES),
    ("windows-1253", "cp1253", EL),
    ("windows-1254", "cp1254", TR),
    ("windows-1255", "cp1255", HE),
    ("windows-1256", "cp1256", AR),
    ("windows-1257", "cp1257", LT),
    ("windows-1258", "cp1258", with_tones_apart(VI)),
    ("koi8-r", "koi8-r", RU),
    ("iso-2022-jp", "iso2022_jp_ext", JA.replace("①", "")),
)
