"""What a cell of the panel is: printed and in order, or which of the things that one has to know of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ogi.arrays import BoolArray, IndexArray
from ogi.checks import RULES, Verdict
from ogi.columns import CELLS, COLUMN
from ogi.compare import added_into, in_doubted_correction
from ogi.figures import BLANK, NOT_APPLICABLE, REPORTED, Figures
from ogi.tables import records
from ogi.values import LEAST_CONFIDENCE

ZERO, CONFLICT, DOUBTED, CORRECTED = 5, 6, 7, 8
SIGN_ZERO, IN_BROKEN, ADDED, ADDED_WITH_ZERO = range(9, 13)
BLANK_IN_BROKEN, DOUBTED_BLANK, SIGN_IN_BROKEN, DOUBTED_SIGN = range(13, 17)
DOUBTED_CORRECTION, UNCONFIRMED_CORRECTION = 17, 18
"""Codes beside the places in STATES; what each says stands in variables.yaml. Files that are out in the world
hold these numbers: none changes its meaning, and a new one comes last."""
IN_DOUBT = (
    *(DOUBTED, DOUBTED_BLANK, DOUBTED_SIGN),
    *(IN_BROKEN, BLANK_IN_BROKEN, SIGN_IN_BROKEN),
    *(DOUBTED_CORRECTION, UNCONFIRMED_CORRECTION),
)
"""Those with which a cell may have a number that the codebook keeps not even loosely."""
READ = (REPORTED, BLANK, NOT_APPLICABLE)
"""The states of a cell that stands in the report and was read."""


def state_codes(
    years: Figures, column: int, is_corrected: BoolArray, is_broken: BoolArray, is_refuted: BoolArray
) -> IndexArray:
    """The state of one cell in every year: its place in STATES, or a code beside them.

    `is_corrected`, `is_broken`: which cells of `years` a person has corrected, and which are in a broken sum.
    `is_refuted`: as `doubted_corrections`.
    """
    state = years.state[:, column].astype(np.intp)
    is_read, is_number, is_zero = np.isin(state, READ), state == REPORTED, years.zero[:, column]
    is_blank, is_sign = state == BLANK, state == NOT_APPLICABLE
    is_broken = is_broken[:, column]
    is_doubted = years.confidence[:, column] < LEAST_CONFIDENCE
    is_sum = (years.place[:, column] < 0) & (is_number | is_zero)  # no report prints it
    # The first that is so. Of a sum, one part may be corrected and another doubtful: then the whole is.
    codes = {
        CONFLICT: years.conflict[:, column],
        DOUBTED: is_number & is_doubted,
        DOUBTED_BLANK: is_blank & is_doubted,
        DOUBTED_SIGN: is_sign & is_doubted,
        DOUBTED_CORRECTION: is_read & is_refuted[:, column],
        UNCONFIRMED_CORRECTION: is_read & is_corrected[:, column] & is_broken,
        CORRECTED: is_read & is_corrected[:, column],
        IN_BROKEN: is_number & is_broken,
        BLANK_IN_BROKEN: is_zero & is_broken & is_blank,
        SIGN_IN_BROKEN: is_zero & is_broken & is_sign,
        ADDED_WITH_ZERO: is_sum & is_zero,
        ADDED: is_sum,
        ZERO: is_zero & is_blank,
        SIGN_ZERO: is_zero & is_sign,
    }
    return np.select(list(codes.values()), list(codes), state)


def corrected_cells(years: Figures, corrections: pd.DataFrame) -> BoolArray:
    """Which cells of the years a person has corrected, sums of a corrected part included."""
    found: BoolArray = np.zeros((len(years), len(CELLS)), np.bool_)
    rows = _rows(years)
    for one in records(corrections):
        cell = f"{one['table']}/{one['item']}/{one['measure']}"
        found[rows[one["agency"], one["year"]], [COLUMN[cell], COLUMN[added_into(cell)]]] = True
    return found


def doubted_corrections(years: Figures, is_corrected: BoolArray) -> BoolArray:
    """Which cells hold a correction with which a sum does not hold that holds as printed, parts of sums too.

    `years`: as `annual` makes them with the corrections; `is_corrected`: as `corrected_cells`.
    """
    in_series = in_doubted_correction(years)[:, [COLUMN[added_into(cell)] for cell in CELLS]]
    found: BoolArray = in_series & is_corrected
    return found


def broken_cells(years: Figures, checks: pd.DataFrame) -> BoolArray:
    """Which cells of the years take part in a sum of the form that is broken, sums of such a part included.

    So they do also where a person has explained why: the sum does not hold all the same.
    """
    found: BoolArray = np.zeros((len(years), len(CELLS)), np.bool_)
    rows = _rows(years)
    official = [rule.id for rule in RULES.values() if rule.official]
    broken = checks[(checks["verdict"] == Verdict.BROKEN) & checks["rule_id"].isin(official)]
    dated = broken.dropna(subset=["agency", "year"])
    for agency, year, cells in zip(dated["agency"], dated["year"], dated["cells"], strict=True):
        columns = [COLUMN[name] for cell in cells for name in (cell, added_into(cell))]
        found[rows[agency, int(year)], columns] = True
    return found


def _rows(years: Figures) -> dict[tuple[str | None, int | None], int]:
    return {(of.agency, of.year): row for row, of in enumerate(years.reports)}
