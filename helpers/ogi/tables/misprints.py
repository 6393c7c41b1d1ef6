"""Which corrections say that the report itself is wrong: they hide a misprint that is still public."""

from __future__ import annotations

import pandas as pd

MISPRINT, MISREAD, UNSURE = "misprint", "misread", "unsure"
"""What a correction says of the report: it prints another number than it should; the number was only read
wrongly, and the report is right; neither, of a figure that was read from a picture."""
MISREAD_WORDS = ("读错", "误读", "识读有误", "misread")
MISPRINT_WORDS = ("印错", "误印", "misprint")
"""Words in the reason of a correction that say which of the two it is."""
_FROM_PICTURES = "ocr"
_CELL = ["report_id", "table", "item", "measure"]


def with_grounds(applied: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The corrections that were applied, with the column `ground`: MISPRINT, MISREAD or UNSURE.

    Where the reason does not say which, a report in type is taken at its word: it prints what was read. Of a
    figure from a picture nobody knows, and the agency is not blamed for what may be our own reading.
    """
    methods = figures.loc[figures["report_id"].isin(applied["report_id"]), [*_CELL, "method"]]
    rows = applied.merge(methods.drop_duplicates(_CELL), on=_CELL, how="left")
    both = zip(rows["reason"], rows["method"], strict=True)
    grounds = [ground(reason, method) for reason, method in both]
    return rows.drop(columns="method").assign(ground=pd.Series(grounds, index=rows.index, dtype="str"))


def ground(reason: str, method: str | None) -> str:
    """What a correction with that reason says of a figure that was read by that method."""
    says_misread, says_misprint = (
        any(word in reason.lower() for word in words) for words in (MISREAD_WORDS, MISPRINT_WORDS)
    )
    if says_misread != says_misprint:
        return MISREAD if says_misread else MISPRINT
    return UNSURE if says_misread or method == _FROM_PICTURES else MISPRINT
