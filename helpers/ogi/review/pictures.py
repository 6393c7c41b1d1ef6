"""Pictures of slips, cut out of their reports: drawn for a few, one agency after the other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ogi.ingest.sources import of_one
from ogi.notebook import frames_of
from ogi.pages import Frames
from ogi.pages.places import Places
from ogi.review.data import Review

Clips = tuple[tuple[int, str], ...]
"""Pages, each with the picture of the figures there as a data URI."""


def pictures(data: Review, slips: pd.DataFrame, most: int) -> dict[int, Clips]:
    """The row of each slip → its pictures, as its agency's page cuts them.

    `most`: slips that are drawn, the first of those that stand on a page.
    """
    found: dict[int, Clips] = {}
    drawable = slips[slips["page"].notna()].head(most if data.reports.is_dir() else 0)
    for agency, own in drawable.groupby("agency", sort=False):
        places = Places(_with_files(data, str(agency)))
        for at, line in zip(own.index.tolist(), own["line"], strict=True):
            clips = places.clips(line)
            if clips:
                found[at] = clips
    return found


def _with_files(data: Review, agency: str) -> Frames:
    """The agency's tables, and where its reports lie, as far as they are at hand."""
    files = {source.report_id: source.path for source in of_one(data.reports, agency).sources}
    return replace(frames_of(data.tables, agency), files=files)
