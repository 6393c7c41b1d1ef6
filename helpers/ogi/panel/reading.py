"""How the cells of each report were read: what the panel tells of it in a row."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ogi.figures import BLANK, NOT_APPLICABLE, REPORTED, STATES
from ogi.values import LEAST_CONFIDENCE

READ = (REPORTED, BLANK, NOT_APPLICABLE)
"""The states of a cell that stands in the report and was read."""


class ReadAs(NamedTuple):
    """How the cells of a report were read: by which methods, how many with doubt, how surely at the least."""

    methods: frozenset[str]
    doubtful: int
    least: float


def read_as(figures: pd.DataFrame) -> dict[str, ReadAs]:
    """Report id → how its cells were read, as far as they stand in it and were read."""
    read = figures[figures["state"].isin([STATES[state] for state in READ])]
    return {
        str(report_id): ReadAs(
            frozenset(own["method"]),
            int((own["confidence"] < LEAST_CONFIDENCE).sum()),
            float(own["confidence"].min()),
        )
        for report_id, own in read.groupby("report_id")
    }
