"""Why a source could not give a page, and what it passes over: plan() and discover() count that under the names in SKIPPED."""

from warehouse.reject_reasons import PASSED_OVER as SKIPPED
from warehouse.reject_reasons import UNREADABLE as REASONS

__all__ = ["REASONS", "SKIPPED"]
