"""Where the figures come from, and what in the sources was not understood."""

from __future__ import annotations

from ogi.extract.report import FindingKind, Severity
from ogi.forms import TABLES
from ogi.pages.frames import Frames, records
from ogi.pages.html import Html, render

_GRAVEST_FIRST = list(Severity)


def sources_table(frames: Frames, language: str = "en") -> Html:
    """A row per file: its year, fingerprint, format, and the edition of the form found for each table."""
    rows = records(frames.reports.sort_values(["year", "report_id"], ascending=[False, True]))
    tables = [editions["2021"] for editions in TABLES.values()]
    return render("sources", language, agency=frames.agency, reports=rows, tables=tables)


def findings_of_reading(frames: Frames, language: str = "en") -> Html:
    """What was read but not understood, and what was expected but not found; the most serious first."""
    rows = [row for row in records(frames.findings) if row["kind"] != FindingKind.CORRECTION_REFUSED]
    rows.sort(key=lambda row: (_GRAVEST_FIRST.index(row["severity"]), -(row["year"] or 0)))
    return render("reading", language, agency=frames.agency, findings=rows)
