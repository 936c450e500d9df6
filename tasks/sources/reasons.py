"""Why a source could not give a page, and what it passes over: plan() and discover() count that under the names in PASSED_OVER."""

from warehouse.reject_reasons import PASSED_OVER
from warehouse.reject_reasons import UNREADABLE as REASONS

__all__ = ["PASSED_OVER", "REASONS"]
