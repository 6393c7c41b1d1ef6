"""Which figures a person has corrected, why and on what evidence, and which corrections did not fit."""

from __future__ import annotations

from typing import Any

from ogi.extract.report import FindingKind
from ogi.pages.cells import FIX, anchor
from ogi.pages.frames import Frames, records
from ogi.pages.html import Html, render
from ogi.pages.references import cell_label
from ogi.said import known


def corrections_list(frames: Frames, language: str = "en") -> Html:
    """A row per corrected figure, then a line per correction that was refused."""
    keys = {column.report_id: column.key for column in frames.columns}
    refused = frames.findings[frames.findings["kind"] == FindingKind.CORRECTION_REFUSED]
    return render(
        "corrections",
        language,
        agency=frames.agency,
        corrections=[_told(row, keys[row["report_id"]], language) for row in records(frames.corrections)],
        refused=list(dict.fromkeys(refused["message_zh" if known(language) == "zh" else "message"])),
    )


def _told(row: dict[str, Any], key: str, language: str) -> dict[str, Any]:
    cell = row["table"], row["item"], row["measure"]
    place = anchor(*cell, key)
    return {**row, "label": cell_label(*cell, language), "href": f"#{place}", "id": FIX + place}
