"""Figures, checks and words of one agency → fragments of a page, and notebooks → pages."""

from __future__ import annotations

from ogi.pages.breaches import breaches
from ogi.pages.corrected import corrections_list
from ogi.pages.cover import cover
from ogi.pages.figures import as_printed, figures_by_year
from ogi.pages.findings import completeness
from ogi.pages.frames import Frames
from ogi.pages.narrative import words_compared
from ogi.pages.parts import (
    findings_of_reading,
    sources_table,
    verdicts_by_rule,
)
from ogi.pages.standing import what_stands_out
from ogi.pages.styled import look

__all__ = [
    "Frames",
    "as_printed",
    "breaches",
    "completeness",
    "corrections_list",
    "cover",
    "figures_by_year",
    "findings_of_reading",
    "look",
    "sources_table",
    "verdicts_by_rule",
    "what_stands_out",
    "words_compared",
]
