"""The way of one figure from the page to its value, and what an indicator is computed from, step by step."""

from __future__ import annotations

from ogi.trace.figure import Step, steps_of, told_cell
from ogi.trace.indicator import steps_of_indicator

__all__ = ["Step", "steps_of", "steps_of_indicator", "told_cell"]
