"""`broadsheet --help` beside `import prefect`, in turn, in one run.

uv run python -m tests.bench.start_up
"""

import statistics
import sys

from tests.bench.processes import run_measured
from tests.conftest import PROGRAM

ROUNDS = 7


def main() -> None:
    """Measure and print the medians and their ratio."""
    pairs = [(run_measured([PROGRAM, "--help"]), run_measured([sys.executable, "-c", "import prefect"])) for _ in range(ROUNDS)]
    own, prefect = (statistics.median(pair[side].wall_seconds for pair in pairs) for side in (0, 1))
    print(f"--help {own:.3f} s, import prefect {prefect:.3f} s, ratio {own / prefect:.2f} (bar < 0.33)")


if __name__ == "__main__":
    main()
