"""Slips in words: what the report's own text says of the number that would hold."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ogi import tables as dataset
from ogi.review import Review
from ogi.review.letters import letters
from ogi.review.slips import slips_of
from tests.province import YEAR, Planted

PARTS = [f"review/reconsideration/{part}" for part in ("upheld", "corrected", "other", "pending")]


@pytest.mark.parametrize(
    ("counts", "cells", "verdict", "expected"),
    [
        (6, PARTS, "holds", 6),
        (6, PARTS, "holds_blank_as_zero", 6),
        (6, PARTS, "undecided", None),
        (6, PARTS[:2], "holds", None),
        (5, PARTS, "holds", None),
    ],
)
def test_words_that_tell_the_parts_of_a_wrong_total_are_named(
    data: Review, planted: Planted, counts: int, cells: list[str], verdict: str, expected: int | None
) -> None:
    (name, *_) = sorted(planted.of("total_left_zero"))
    tables = {table: rows[rows["agency"] == name] for table, rows in _frames(data).items()}
    checks = tables["checks"]
    told = checks[checks["rule_id"].str.startswith("told.") & (checks["year"] == YEAR)].head(1).copy()
    told["left"] = told["right"] = float(counts)
    told["verdict"], told["cells"] = verdict, pd.Series([cells], index=told.index)
    tables["checks"] = pd.concat([checks, told], ignore_index=True)
    standing = checks[checks["verdict"] == "broken"]
    rows, *_ = slips_of(tables, standing, YEAR)
    (slip,) = rows[rows["rule_id"] == "review.results"].to_dict("records")
    assert (None if pd.isna(slip["in_words"]) else slip["in_words"]) == expected
    own = replace(data, found=replace(data.found, slips=rows[rows["rule_id"] == "review.results"]))
    (letter,) = (one for one in letters(own) if one.agency == name)
    assert ("（正文亦为6）" in letter.rows["sum_told"].iloc[0].zh) is (expected is not None)


def _frames(data: Review) -> dict[str, pd.DataFrame]:
    names = ("reports", "figures", "checks", "findings", "corrections", "review_marks")
    return {name: dataset.read(data.tables, name) for name in names}
