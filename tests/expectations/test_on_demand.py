"""What Great Expectations imports and ours never need is loaded where it is asked for, and not before."""

import subprocess
import sys

JUDGED = """
import sys
import expectations.quarantine
expectations.quarantine.warm_up()
parts = ("altair.vegalite", "scipy.stats._stats_py")
assert "great_expectations" in sys.modules
print([part in sys.modules for part in parts])
import altair
from scipy import stats
print(altair.Chart.__name__, round(float(stats.norm.cdf(0)), 3), [part in sys.modules for part in parts])
"""


def test_judging_loads_neither_a_drawing_library_nor_distributions_and_who_asks_for_them_gets_them():
    done = subprocess.run([sys.executable, "-c", JUDGED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[False, False]", "Chart 0.5 [True, True]"]
