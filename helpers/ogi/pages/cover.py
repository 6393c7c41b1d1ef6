"""The head of a page: whose reports, which years, how many, what is broken."""

from __future__ import annotations

from ogi.forms import REPORT_TITLE
from ogi.pages.breaches import counts
from ogi.pages.frames import Frames
from ogi.pages.html import Html, render
from ogi.pages.words import number


def cover(frames: Frames, language: str = "en") -> Html:
    """Agency, years with and without a report, new requests of the latest year, official rules broken."""
    years = frames.years
    last, new = _latest_new(frames)
    printed = sorted({str(name) for name in frames.reports["printed_agency"].dropna()} - {frames.agency})
    broken, warnings, undecided = counts(frames.checks)
    return render(
        "cover",
        language,
        agency=frames.agency,
        kind_zh=REPORT_TITLE,
        printed=printed,
        columns=[column for column in frames.columns if column.year is not None],
        first=years[0] if years else None,
        last=years[-1] if years else None,
        reports=len(frames.reports),
        covered=len(years),
        span=len(years) + len(frames.missing_years),
        latest_year=last,
        new="\u2013" if new is None else number(new),
        broken=broken,
        warnings=warnings,
        undecided=undecided,
    )


def _latest_new(frames: Frames) -> tuple[int | None, float | None]:
    """The latest year and its new requests."""
    columns = frames.latest
    if columns is None:
        return None, None
    return columns[0].year, frames.index.number(columns[0].report_id, "requests/new/total")
