"""Rows of the table `checks` for rules that are judged report by report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.checks.catalogue import RULES

COLUMNS = (
    *("report_id", "agency", "year", "rule_id", "severity", "official", "verdict"),
    *("left", "right", "difference", "cells", "message"),
)


@dataclass(frozen=True)
class Identity:
    """Which report: its id, its agency and its year, None where these are not known."""

    report_id: str
    agency: str | None
    year: int | None


def identities(*frames: pd.DataFrame) -> dict[str, Identity]:
    """Report id → identity, in the order of the frames; each needs report_id, agency and year."""
    found: dict[str, Identity] = {}
    for frame in frames:
        once = frame.drop_duplicates("report_id")
        for report_id, agency, year in zip(once["report_id"], once["agency"], once["year"], strict=True):
            known = None if pd.isna(agency) else str(agency), None if pd.isna(year) else int(year)
            found.setdefault(str(report_id), Identity(str(report_id), *known))
    return found


def row(
    of: Identity,
    rule_id: str,
    verdict: str,
    message: str,
    sides: tuple[float | None, float | None] = (None, None),
    cells: Sequence[str] = (),
) -> dict[str, object]:
    """One verdict. `sides`: what was found and what ought to be, None where there is no number to tell."""
    rule, (left, right) = RULES[rule_id], sides
    return {
        **vars(of),
        "rule_id": rule_id,
        "severity": rule.severity,
        "official": rule.official,
        "verdict": verdict,
        "left": left,
        "right": right,
        "difference": None if left is None or right is None else round(left - right, 6),
        "cells": list(cells),
        "message": message,
    }


def framed(rows: Iterable[dict[str, object]], year: Any) -> pd.DataFrame:
    """Rows as a frame with the columns of `checks`; `year`: the type of that column."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    floats = dict.fromkeys(("left", "right", "difference"), "float64")
    texts = dict.fromkeys(("report_id", "agency", "rule_id", "severity", "verdict", "message"), "str")
    return frame.astype({**floats, **texts, "year": year, "official": "bool", "cells": "object"})
