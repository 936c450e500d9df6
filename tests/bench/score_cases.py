"""Small inputs that went wrong when they were collected: through `broadsheet ingest`, judged by what the warehouse says of each.

    uv run python -m tests.bench.score_cases [--keep FOLDER] [--failing]

Prints how many of each kind are right. Exit code 1 where one fails that is not in DOUBTED, 0 with a clear line where they are not at hand.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.bench.corpus import SHARED

CASES = SHARED / "cases"
DOUBTED: dict[str, str] = {}  # case: why what we give is right


def main() -> int:
    """Ingest, judge, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    parser.add_argument("--failing", action="store_true", help="also what was wanted and what came of each that fails")
    given = parser.parse_args()
    if not CASES.exists():
        print(f"skipped: the cases are not at {CASES}")
        return 0
    with tempfile.TemporaryDirectory(prefix="broadsheet-cases-") as temporary:
        judged = judge(given.keep or Path(temporary))
    kinds, right = Counter(case["kind"] for case in judged), Counter(case["kind"] for case in judged if not case["fails"])
    for kind in sorted(kinds):
        print(f"{kind:20} {right[kind]:3} of {kinds[kind]:3}")
    failing = [case for case in judged if case["fails"]]
    for case in failing if given.failing else ():
        print(f"\n{case['case']} ({case['kind']}): {case['about']}")
        for fail in case["fails"]:
            print(f"    {fail['field']}: want {str(fail['want'])[:200]!r}, got {str(fail['got'])[:300]!r}")
    wrong = [case["case"] for case in failing if case["case"] not in DOUBTED]
    print(f"{len(judged) - len(failing)} of {len(judged)} right" + (f"; wrong: {' '.join(wrong)}" if wrong else ""))
    return 1 if wrong else 0


def judge(folder: Path) -> list[dict[str, object]]:
    """Every case with what is wrong in it."""
    home, result = folder / "home", folder / "judged.json"
    subprocess.run(["broadsheet", "ingest", CASES / "pages", "--home", home], check=False, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, CASES / "judge.py", home, CASES / "expected.jsonl", result], check=True, stdout=subprocess.DEVNULL)
    judged: list[dict[str, object]] = json.loads(result.read_text(encoding="utf-8"))
    return judged


if __name__ == "__main__":
    sys.exit(main())
