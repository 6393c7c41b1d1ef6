"""The page over all agencies of a run: who has reported on a year, and what to look at first."""

from __future__ import annotations

from ogi.index.entries import Entry, YearEntry, entry
from ogi.index.gather import overview
from ogi.index.overview import CSV, FIGURES, Overview
from ogi.index.page import index, sentence

__all__ = ["CSV", "FIGURES", "Entry", "Overview", "YearEntry", "entry", "index", "overview", "sentence"]
