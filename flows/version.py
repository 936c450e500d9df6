"""Which code decided: recorded with every run and every row of core.evidence."""

from importlib.metadata import version

BROADSHEET = version("broadsheet")


def extractor() -> str:
    """broadsheet/x.y.z trafilatura/x.y.z"""
    return f"broadsheet/{BROADSHEET} trafilatura/{version('trafilatura')}"
