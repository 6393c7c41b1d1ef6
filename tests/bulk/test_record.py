"""What a run notes of an agency, for the next run."""

from __future__ import annotations

from pathlib import Path

from ogi.bulk.record import Outcome, PageRecord, earlier, note
from ogi.index import Entry, YearEntry


def test_an_entry_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Years are numbers: as text, the index of a run that made no page found nothing under them."""
    of_year = YearEntry(1.0, 0, 0, 0, published=("holds", 20.0, None))
    shown = Entry("甲", True, years={2023: of_year}, misfiled={2021: "乙"}, doubted={2023: "丙"})
    note(tmp_path, "甲", PageRecord(Outcome.MADE, shown))
    assert earlier(tmp_path)["甲"].entry == shown
