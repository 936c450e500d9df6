"""Restoration against its bars: held cases, simulated mirrors, the seed, wrong decoders, pages that nobody damaged, what it costs.

    uv run python -m tests.bench.score_restoration [--only cases simulator seed decoders untouched cost] [--worst N]

Exit code 1 where a bar is missed, 0 with a clear line where the real pages are not at hand. `--worst` prints paragraphs of
the simulator that did not come back.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from opencc import OpenCC

from tasks.dissection.page import dissect_html
from tasks.restoration.intact_text import IntactText
from tasks.restoration.restore import restore
from tests.bench.corpus import MANIFEST, SHARED
from tests.bench.score_dissection import Pages, load_pages
from tests.bench.simulated_mirrors import GLOSS, score_simulator
from tests.restoration.misread import LANGUAGES, misread, misread_charsets, misread_utf_8, page_of

SCORER = SHARED / "score" / "score_anatomy.py"
CASES = SHARED / "anatomy" / "restoration" / "cases.jsonl"
SEED = SHARED / "seed" / "page.txt"
ROUNDS = 3  # the cheapest of so many counts: other programs only ever make a page dearer
ENOUGH_HAN = 500  # Chinese characters from which a page counts as Chinese
DAMAGED = "fundus/cn/People_2024_04_24"  # by its publisher, who read GBK as GB2312: this one should be changed
HAN = re.compile("[\u4e00-\u9fff]")
Bar = tuple[str, float, str, float]  # name, measured, "<=" or ">=", bar


def main() -> int:
    """Measure what was asked for, print every figure beside its bar; 1 if one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    if not MANIFEST.exists():
        print(f"skipped: the real pages are not at {MANIFEST.parent}")
        return 0
    pages = load_pages(MANIFEST)
    missed = 0
    for part in given.only:
        for name, found, direction, bar in PARTS[part](pages, given.worst):
            is_held = found <= bar if direction == "<=" else found >= bar
            missed += not is_held
            print(f"{part:10} {name:50} {found:9.4f}  {direction} {bar:.4f}  {'ok' if is_held else 'MISSED'}", flush=True)
    print(f"{missed} bars missed" if missed else "all bars held")
    return 1 if missed else 0


def score_cases(_: Pages, worst: int) -> Iterator[Bar]:
    """The cases, each line by itself, as `broadsheet restore --jsonl` gets them; judged by the shared scorer."""
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory(prefix="broadsheet-cases-") as folder:
        predictions = Path(folder) / "restored.jsonl"
        intact = IntactText()
        for case in cases:
            intact.add(case["input"])
        found = {case["id"]: restore(case["input"], intact.near(case["input"])) for case in cases}
        lines = ({"id": key, "restored": restored.text, "is_cloaked": restored.is_cloaked} for key, restored in found.items())
        predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [sys.executable, str(SCORER), "--gold", folder, "--pred", str(predictions), "--restoration", str(CASES)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured = {match[1].strip(): float(match[2]) for match in re.finditer(r"^(.{45}) +([\d.]+) ", said, re.MULTILINE)}
    damaged = [case for case in cases if case["kind"] == "damaged_headline" and found[case["id"]].text != case["clean"]]
    for case in damaged[:worst]:
        print(f"  {case['id']}\n    served   {case['input']}\n    restored {found[case['id']].text}\n    clean    {case['clean']}")
    yield "CER cloaked", measured["CER cloaked"], "<=", 0.002
    yield "cloak recognised", measured["cloak recognised"], ">=", 1.0
    yield "negatives altered", measured["false positive all negatives"], "<=", 0.0
    yield "CER damaged headlines", measured["CER damaged_headline"], "<=", 0.08
    yield "exact damaged headlines", measured["exact damaged_headline"], ">=", 0.6


def score_mirrors(pages: Pages, worst: int) -> Iterator[Bar]:
    """200 real paragraphs behind simulated mirrors, each page with another dictionary and table."""
    score = score_simulator([row for row, _ in pages], worst)
    yield "paragraphs exact", score.exact / score.paragraphs, ">=", 0.93
    yield f"exact of {score.claimed} of {score.paragraphs} that claim proof", score.claimed_exact / max(score.claimed, 1), ">=", 0.99
    yield "paragraphs that claim proof", score.claimed / score.paragraphs, ">=", 0.5
    yield f"edits left of {score.edits_naive} of the expression", score.edits / max(score.edits_naive, 1), "<=", 1 / 15
    yield "wrong characters that are not marked as lost, per 1000", 1000 * score.edits_unmarked / score.characters, "<=", 1.0


def score_seed(_: Pages, worst: int) -> Iterator[Bar]:
    """The seed, character for character: OpenCC without the glosses, and the headline that stands intact elsewhere in it."""
    served = SEED.read_text("utf-8")
    plain, glosses = GLOSS.subn("", served)
    wanted = OpenCC("t2s").convert(plain).replace("居安思?!?/a>", "居安思危”</a>")
    restored = restore(served)
    wanted_lines, lines = (text.replace("</a>", "").splitlines() for text in (wanted, restored.text))
    wrong = [pair for pair in zip(wanted_lines, lines, strict=False) if pair[0] != pair[1]]
    for pair in wrong[:worst]:
        print(f"  wanted   {pair[0]}\n  restored {pair[1]}")
    yield "glosses of the 136", float(glosses), ">=", 136.0
    yield "lines unlike what OpenCC gives", float(len(wrong) + abs(len(lines) - len(wanted_lines))), "<=", 0.0
    yield "taken for cloaked", float(restored.is_cloaked), ">=", 1.0
    yield "not reconstructible", float(restored.original() != served), "<=", 0.0


def score_untouched(pages: Pages, worst: int) -> Iterator[Bar]:
    """Real pages and their bodies: none is taken for cloaked, none is changed but the one that was damaged."""
    bodies = [(f"{row['id']} body", row["body"]) for row, _ in pages if row.get("body")]
    texts = [*((row["id"], html) for row, html in pages), *bodies]
    results = [(key, text, restore(text)) for key, text in texts]
    cloaked = [key for key, _, restored in results if restored.is_cloaked]
    changed = [(key, restored) for key, text, restored in results if restored.text != text and not key.startswith(DAMAGED)]
    for key, restored in changed[:worst]:
        print(f"  {key}: {[(r.before, r.after, r.method, r.status) for r in restored.repairs[:4]]}")
    yield f"taken for cloaked, of {len(texts)}", float(len(cloaked)), "<=", 0.0
    yield f"changed, of {len(texts)}", float(len(changed)), "<=", 0.0


def score_decoders(_: Pages, worst: int) -> Iterator[Bar]:
    """Pages of invented news in 24 languages, read by decoders of one byte a character."""
    damaged = [(f"{language} by {read}", page_of(LANGUAGES[language]), "utf-8", read) for language, read in misread_utf_8()]
    damaged += [
        (f"{language} in {written} by {read}", page_of(LANGUAGES[language]), written, read)
        for language, written, read in misread_charsets()
    ]
    wrong = {}
    for name, clean, written, read in damaged:
        restored = restore(misread(clean, read, written))
        if restored.text != clean:
            wrong[name] = restored
    unmarked = [name for name, restored in wrong.items() if not any(repair.status == "lost" for repair in restored.repairs)]
    for name in unmarked[:worst]:
        print(f"  {name}: {wrong[name].text[60:120]}")
    yield f"pages exact, of {len(damaged)}", 1 - len(wrong) / len(damaged), ">=", 0.98
    yield "pages neither exact nor marked as lost", len(unmarked) / len(damaged), "<=", 0.006


def score_cost(pages: Pages, _: int) -> Iterator[Bar]:
    """CPU of restore() in per cent of what dissect_html takes for the same page, both in turn in this process."""
    chinese = [page for page in pages if len(HAN.findall(page[1])) >= ENOUGH_HAN]
    others = [page for page in pages if len(HAN.findall(page[1])) < ENOUGH_HAN]
    for name, group, bar in (("not Chinese", others, 3.0), ("Chinese, not cloaked", chinese, 15.0)):
        restoring = dissecting = 0.0
        for row, html in group:
            restoring += _cheapest(restore, html)
            dissecting += _cheapest(dissect_html, html, row["url"], None)
        share = 100 * restoring / dissecting
        per_page = f"{1000 * restoring / len(group):.2f} of {1000 * dissecting / len(group):.1f} ms"
        yield f"% of dissection, {len(group)} {name}: {per_page}", share, "<=", bar


def _cheapest(job: Callable[..., object], *given: str | None) -> float:
    """Seconds of CPU."""
    counts = []
    for _ in range(ROUNDS):
        start = time.process_time()
        job(*given)
        counts.append(time.process_time() - start)
    return min(counts)


PARTS: dict[str, Callable[[Pages, int], Iterator[Bar]]] = {
    "cases": score_cases,
    "simulator": score_mirrors,
    "seed": score_seed,
    "decoders": score_decoders,
    "untouched": score_untouched,
    "cost": score_cost,
}

if __name__ == "__main__":
    sys.exit(main())
