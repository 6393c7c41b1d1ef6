"""Findings and tables of one agency → fragments of a page, and notebooks → pages."""

from __future__ import annotations

from helpers.pages.breaches import breaches
from helpers.pages.checks import verdicts_by_rule
from helpers.pages.corrections import corrections_list
from helpers.pages.cover import cover
from helpers.pages.figures import as_printed, figures_by_year
from helpers.pages.findings import findings_in_words
from helpers.pages.frames import Frames
from helpers.pages.html import Html
from helpers.pages.look import look
from helpers.pages.sources import findings_of_reading, sources_table

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
