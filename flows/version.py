"""Which code decided: recorded with every run and every row of core.evidence."""

from importlib.metadata import version

from warehouse.version import VERSION


def extractor() -> str:
    """broadsheet/x.y.z trafilatura/x.y.z"""
    return f"broadsheet/{VERSION} trafilatura/{version('trafilatura')}"
