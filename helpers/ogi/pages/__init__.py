"""Findings and tables of one agency → fragments of a page, and notebooks → pages."""

from __future__ import annotations

from ogi.pages.breaches import breaches
from ogi.pages.figures import as_printed, figures_by_year
from ogi.pages.findings import findings_in_words
from ogi.pages.frames import Frames
from ogi.pages.html import Html
from ogi.pages.parts import (
    corrections_list,
    cover,
    findings_of_reading,
    sources_table,
    verdicts_by_rule,
)
from ogi.pages.styled import look

__all__ = [
    "Frames",
    "Html",
    "as_printed",
    "breaches",
    "corrections_list",
    "cover",
    "figures_by_year",
    "findings_in_words",
    "findings_of_reading",
    "look",
    "sources_table",
    "verdicts_by_rule",
]
