"""What hostile pages, files and questions try, tried: docs/security.md says what stands against it."""

import ast
import json
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from lxml import html as lxml_html

from tasks.dissection.outline.page import outline
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.pages.read_page import read_page, restored_text
from tests.conftest import ROOT, Run
from tests.flows.bad_inputs import article
from tests.pages.growing_pages import page_of
from tests.sources.archives import members, response
from warehouse.ask import ask
from warehouse.errors import BroadsheetError

SECRET = "the combination of the safe is 4711"
MEMBERS = ("archive/a.warc.gz", "archive/../../../b.warc.gz", "/tmp/broadsheet-c.warc.gz", "archive/..\\d.warc.gz")
SQL_NAME = "'); DROP TABLE core.articles; --"
RUNS_SCRIPT = re.compile(r"^\s*(javascript|vbscript|data):", re.IGNORECASE)
ASKS_OR_RUNS = {
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "link",
    "base",
    "form",
    "audio",
    "video",
    "source",
    "svg",
    "math",
    "template",
}
ATTACKS = """
<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><a href="java&#10;script:alert(1)">a</a>
<base href="//evil.example"><iframe srcdoc="<script>alert(1)</script>"></iframe><form action="//evil.example">
<button formaction="javascript:alert(1)">b</button></form><p style="background:url(//evil.example)" onclick=alert(1)>c</p>
<meta http-equiv=refresh content="0;url=//evil.example"><math><mi xlink:href="javascript:alert(1)">d</mi></math>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><object data=x></object>
"""
REACHES_OUT = (
    "FROM read_csv('{file}')", "FROM '{file}'", "FROM read_text('{file}')", "FROM glob('{folder}/*')",
    "FROM query('FROM read_csv(''{file}'')')", "COPY (SELECT 1) TO '{folder}/out.csv'", "ATTACH '{folder}/other.db'",
    "EXPORT DATABASE '{folder}/out'", "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true",
    "SET temp_directory = '{folder}/out'", "SELECT getenv('PATH')", "CREATE SECRET (TYPE s3)", "FROM 'http://127.0.0.1:9/x.parquet'",
    "DELETE FROM core.articles", "CREATE TABLE core.mine AS SELECT 1", "DETACH warehouse", "SELECT 1; DELETE FROM core.articles",
    "PRAGMA profiling_output = '{folder}/out.json'",
)  # fmt: skip
LEAVES_NOTHING = (
    "CALL enable_logging(storage = 'file', storage_path = '{folder}/out')",
    "CHECKPOINT",
    "CREATE TEMP TABLE mine AS SELECT 1",
)
UNSAFE_YAML = {f"yaml.{name}" for name in ("load", "load_all", "unsafe_load", "full_load")}  # make objects of any class
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNPICKLES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
}


@pytest.fixture(scope="module")
def hostile(broadsheet: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `in`, which a stranger has made, and `home`, into which it was ingested."""
    folder = tmp_path_factory.mktemp("hostile")
    (given := folder / "in").mkdir()
    (folder / "secret.html").write_text(article(SECRET))
    (given / f"{SQL_NAME}.html").write_text(article(f"Harbour {SQL_NAME}", head=f'<meta name=author content="Runa {SQL_NAME}">'))
    (given / "pages.jsonl").write_text(json.dumps({"file": "../secret.html", "url": "https://evil.example/"}) + "\n")
    with zipfile.ZipFile(given / "crawl.wacz", "w") as archive:
        archive.writestr("datapackage.json", "{}")
        for number, name in enumerate(MEMBERS):
            page = response(article(f"Story number {number} of the day").encode(), WARC_Target_URI=f"https://news.example/{number}")
            archive.writestr(name, members([page]))
    before = {path.relative_to(folder) for path in folder.rglob("*")}
    done = broadsheet("ingest", given, "--home", folder / "home")
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(folder) for path in folder.rglob("*")} - before
    assert {path.parts[0] for path in made} == {"home"}, "the ingest has made files elsewhere"
    return folder


def test_names_in_an_archive_make_no_file(hostile: Path):
    made = [path.name for path in (hostile / "home").rglob("*") if re.search(r"[abcd]\.warc", path.name)]
    assert (made, Path("/tmp/broadsheet-c.warc.gz").exists()) == ([], False)
    assert ask(hostile / "home", "SELECT title FROM core.articles WHERE title LIKE 'Story number 0%'").rows, (
        "the archive was not read at all"
    )


def test_a_sidecar_opens_no_file_that_it_names(hostile: Path):
    assert ask(hostile / "home", "SELECT count(*) FROM core.articles WHERE contains(title || body, $s)", {"s": SECRET}).rows == [(0,)]
    assert ask(hostile / "home", "SELECT reason FROM ops.rejects WHERE source_uri LIKE 'pages.jsonl%'").rows == []
    assert SECRET not in json.dumps(ask(hostile / "home", "FROM ops.rejects").rows, default=str)


def test_sql_in_names_and_titles_stays_text(hostile: Path, broadsheet_without_server: Run):
    ((title, uri, page),) = ask(
        hostile / "home", "SELECT title, source_uri, page_id FROM core.articles JOIN raw.pages USING (page_id) WHERE title LIKE 'Harbour%'"
    ).rows
    assert ("'); DROP TABLE core.articles;" in title, uri) == (True, f"{SQL_NAME}.html")
    assert ask(hostile / "home", "SELECT count(*) FROM core.credits WHERE contains(name, 'Runa')").rows == [(1,)]
    for asked in (uri, page):
        assert broadsheet_without_server("explain", asked, "--home", hostile / "home").returncode == 0


@pytest.mark.parametrize("query", REACHES_OUT)
def test_no_query_leaves_the_warehouse(hostile: Path, query: str):
    home, outside = hostile / "home", hostile / "outside"
    outside.mkdir(exist_ok=True)
    (secret := outside / "secret.csv").write_text(SECRET)
    before = ask(home, "SELECT count(*) FROM core.articles").rows
    with pytest.raises(BroadsheetError):
        ask(home, query.format(file=secret, folder=outside))
    for harmless in LEAVES_NOTHING:
        ask(home, harmless.format(folder=outside))
    assert ask(home, "SELECT count(*) FROM core.articles").rows == before
    assert list(outside.iterdir()) == [secret]


def test_entities_of_a_page_open_no_file_and_multiply_nothing(tmp_path: Path):
    (secret := tmp_path / "secret.txt").write_text(SECRET)
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    outside = f'<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY % more SYSTEM "{secret.as_uri()}"> %more;'
    doctype = f'<!DOCTYPE html [<!ENTITY l0 "lol">{outside}{laughs}]>'
    for start in (doctype, f'<?xml version="1.0"?>{doctype}'):
        page = article("The ferry stays in port", body=f"<p>Said &file; and &l9; on Monday.</p><xi:include href='{secret.as_uri()}'/>")
        read = read_page(page_of(page.replace("<!doctype html>", start), is_text=False), DEFAULT_LIMITS)
        found = read.dissected.article
        assert found is not None
        assert SECRET not in repr(read)
        assert (found.body.count("lol"), len(found.body) < 10_000) == (0, True)


def test_nothing_of_a_hostile_page_runs_in_its_drawing():
    page = page_of(article("Ferry <script>alert(1)</script>", body=ATTACKS).replace("<p>1.", f"<p>{ATTACKS}1."), is_text=False)
    drawn = outline(
        read_page(page, DEFAULT_LIMITS).dissected, restored_text(page), 'https://news.example/"><script>alert(1)</script>', is_text=False
    )
    tree = lxml_html.fromstring(drawn)
    policies = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policies and "default-src 'none'" in policies[0]
    assert not ASKS_OR_RUNS & {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tree.xpath("//meta[@http-equiv='refresh']") == []
    attributes = [(name, value) for element in tree.iter() if isinstance(element.tag, str) for name, value in element.attrib.items()]
    assert [each for each in attributes if each[0].startswith("on") or RUNS_SCRIPT.match(re.sub(r"\s", "", each[1]))] == []
    assert [each for each in attributes if "evil.example" in each[1] and each[0] not in ("title", "content")] == []


def test_a_password_in_the_address_of_the_server_is_not_shown(broadsheet_without_server: Run, home: Path, tmp_path: Path):
    (tmp_path / "one.html").write_text(article("The ferry stays in port"))
    server = {"PREFECT_API_URL": "http://runa:hunter2@127.0.0.1:9/api"}
    for arguments in (["ingest", tmp_path / "one.html", "--home", home], ["doctor", "--home", home]):
        done = broadsheet_without_server(*arguments, env=server)
        assert done.returncode != 0
        assert ("127.0.0.1:9" in done.stdout + done.stderr, "hunter2" in done.stdout + done.stderr) == (True, False), done.stderr


def test_no_file_is_unpickled_and_no_text_is_run():
    for path in (path for room in ("flows", "tasks", "expectations", "warehouse") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [alias.name.split(".")[0] for alias in node.names] if isinstance(node, ast.Import) else []
            names += [(node.module or "").split(".")[0]] if isinstance(node, ast.ImportFrom) else []
            assert not UNPICKLES & set(names), path
            if isinstance(node, ast.Call):
                assert not (isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT), path
                assert ast.unparse(node.func) not in UNSAFE_YAML, path
                told = {word.arg: word.value for word in node.keywords}
                given = {name for name in ("shell", "allow_pickle") if isinstance(told.get(name), ast.Constant) and told[name].value}
                assert not given, path


def test_every_package_is_locked_with_hashes_from_one_index():
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    foreign = [package for package in packages if package["source"] != {"registry": "https://pypi.org/simple"}]
    assert [package["name"] for package in foreign] == ["broadsheet"]
    files = [file for package in packages for file in (*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else []))]
    assert len(files) > 100
    assert [file for file in files if not file.get("hash", "").startswith("sha256:")] == []
    assert {file["url"].split("/")[2] for file in files if "url" in file} == {"files.pythonhosted.org"}
