"""Three articles, and a warehouse that says of one of them what an older extractor might have said."""

from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article, dated
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

FACTS = """
SELECT a.page_id, a.title, a.body, a.published_at, p.canonical_url,
       (SELECT list((field, value) ORDER BY field) FROM core.evidence AS e WHERE e.page_id = a.page_id) AS evidence,
       (SELECT list((role, name) ORDER BY role, name) FROM core.credits AS c WHERE c.page_id = a.page_id) AS credits
FROM core.articles AS a JOIN raw.pages AS p USING (page_id) ORDER BY ALL
"""
TITLES = ("The ferry stays in port", "The council puts off its vote", "A storm passed south of the islands")
WORSE = """
UPDATE core.evidence SET extractor = 'broadsheet/0.0.1+00000000 trafilatura/1.0.0' WHERE page_id = '{page}';
UPDATE core.articles SET title = 'Ferry', published_at = NULL WHERE page_id = '{page}';
DELETE FROM core.credits WHERE page_id = '{page}'
"""
REFUSED = """
UPDATE core.evidence SET extractor = 'broadsheet/0.0.1+00000000 trafilatura/1.0.0' WHERE page_id = '{page}';
DELETE FROM core.articles WHERE page_id = '{page}';
DELETE FROM core.credits WHERE page_id = '{page}';
INSERT INTO ops.rejects BY NAME
SELECT 'aaaaaaaaaaaaaaaa' AS reject_id, run_id, page_id, url, source_uri, source_offset, 'core.articles' AS table_name,
       'not_article:list_page' AS reason, now() AS rejected_at FROM raw.pages WHERE page_id = '{page}'
"""


def load_three(broadsheet: Run, folder: Path, home: Path) -> Path:
    """Ingest them from pages in `folder`; the home."""
    pages = folder / "pages"
    pages.mkdir()
    for number, title in enumerate(TITLES):
        head = dated(f"2026-02-0{number + 1}T04:05:00+01:00") + '<meta name="author" content="Runa Hollow">'
        (pages / f"{number}.html").write_text(article(title, head=head))
    done = broadsheet("ingest", pages, "--home", home)
    assert done.returncode == 0, done.stderr
    return home


def tamper(home: Path, statements: str) -> str:
    """Have the warehouse say of one page what an older extractor might have said; its page_id."""
    ((page,),) = ask(home, "SELECT min(page_id) FROM core.articles").rows
    with open_loader(home) as connection:
        connection.execute(statements.format(page=page))
        publish_snapshot(connection, home)
    return str(page)
