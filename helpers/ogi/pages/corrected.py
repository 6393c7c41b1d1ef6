"""The corrected figures of an agency: what is printed, what it should be, why, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ogi.extract.report import FindingKind
from ogi.pages.cells import FIX, anchor, cell_label, figure_id
from ogi.pages.frames import Frames
from ogi.pages.html import Html, render
from ogi.said import known
from ogi.tables import records


def corrections_list(frames: Frames, language: str = "en") -> Html:
    """A row per corrected figure, then a line per correction that was refused."""
    return render(
        "corrections",
        language,
        agency=frames.agency,
        corrections=list(told_corrections(frames, frames.corrections, language)),
        refused=lines_refused(frames, FindingKind.CORRECTION_REFUSED, language),
    )


def lines_refused(frames: Frames, kind: FindingKind, language: str) -> list[str]:
    """What is said of lines on the agency that were not taken up, each once."""
    own = frames.findings[frames.findings["kind"] == kind]
    return list(own["message_zh" if known(language) == "zh" else "message"].unique())


def told_corrections(frames: Frames, rows: pd.DataFrame, language: str) -> Iterator[dict[str, Any]]:
    """Rows of corrections with the label of the figure, its place on the page, and the place in the list."""
    keys = {column.report_id: column.key for column in frames.columns}
    for row in records(rows):
        cell = row["table"], row["item"], row["measure"]
        key = keys[row["report_id"]]
        yield {
            **row,
            "label": cell_label("/".join(cell), language),
            "href": f"#{anchor(*cell, key)}",
            "id": FIX + figure_id(*cell, key),
        }
