"""Which corrections say that the report itself is wrong: they hide a misprint that is still public."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.extract.figures import read_cell
from ogi.tables.frames import records
from ogi.values import LEAST_CONFIDENCE, State

MISPRINT, MISREAD, UNSURE, DISPUTED = "misprint", "misread", "unsure", "disputed"
"""What a correction says of the report: it prints another number than it should; the number was only read
wrongly, and the report is right; neither, of a figure that was read from a picture; it was read wrongly,
though it stands in the report's own text and was read without doubt."""
DOUBTED, UNCONFIRMED = "doubted", "unconfirmed"
"""Whatever it says, it mends no sum of the form, and breaks one that holds as printed (it may be
mistyped), or is in one that holds neither as printed nor with it."""
TO_LOOK_AT = (DOUBTED, UNCONFIRMED, DISPUTED)
"""Corrections that somebody has to look at again: nothing confirms their number, and something speaks
against it."""
READINGS = (MISREAD, UNSURE)
"""Corrections of what we read, as far as anybody says: the report may print their number."""
MISREAD_WORDS = ("读错", "误读", "识读有误", "misread")
MISPRINT_WORDS = ("印错", "误印", "misprint")
"""Words in the reason of a correction that say which of the two it is."""
CHECKED_WORDS = ("已核对原文", "checked in the report")
"""That somebody has opened the report and does not find the number in that cell, which ends a dispute."""
_FROM_PICTURES = "ocr"
_CELL = ["report_id", "table", "item", "measure"]


def with_grounds(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The corrections that were applied, with the column `ground`: one of the first four above.

    Where the reason does not say which, a report in type is taken at its word: it prints what was read. Of a
    figure from a picture nobody knows, and the agency is not blamed for what may be our own reading.
    """
    in_type = are_in_type(applied, figures)
    told = [ground(reason, in_type=own) for reason, own in zip(applied["reason"], in_type, strict=True)]
    return applied.assign(ground=pd.Series(told, index=applied.index, dtype="str"))


def are_in_type(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.Series[bool]:
    """Which of the corrections are of a figure that was read from text, without doubt."""
    read = figures.loc[figures["report_id"].isin(applied["report_id"]), [*_CELL, "method", "confidence"]]
    rows = applied.merge(read.drop_duplicates(_CELL), on=_CELL, how="left").set_index(applied.index)
    is_read = pd.Series([_is_read(row) for row in records(applied)], applied.index, dtype="bool")
    return is_read & (rows["method"] != _FROM_PICTURES) & ~(rows["confidence"] < LEAST_CONFIDENCE)


def _is_read(row: dict[str, Any]) -> bool:
    """Was anything understood of what is printed?"""
    return read_cell(row["printed"] or "", row["measure"]).state is not State.UNREADABLE


def ground(reason: str, *, in_type: bool) -> str:
    """What a correction with that reason says. `in_type`: the figure was read from text, without doubt."""
    says_misread, says_misprint = (_says(reason, words) for words in (MISREAD_WORDS, MISPRINT_WORDS))
    if says_misread and not says_misprint:
        return DISPUTED if in_type and not _is_checked(reason) else MISREAD
    return MISPRINT if says_misprint != says_misread or (in_type and not says_misread) else UNSURE


def _is_checked(reason: str) -> bool:
    """Does it say that the report was opened, and prints another number than was read?"""
    says_misread, says_misprint, has_looked = (
        _says(reason, words) for words in (MISREAD_WORDS, MISPRINT_WORDS, CHECKED_WORDS)
    )
    return says_misread and has_looked and not says_misprint


def _says(reason: str, words: tuple[str, ...]) -> bool:
    return any(word in reason.lower() for word in words)
