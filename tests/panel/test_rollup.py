"""A parent beside the sum of those below it: only where all of them report, and their scopes agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ogi.panel.rollup import COLUMNS, rollup
from ogi.panel.variables import SCHEMA

CITY, BUREAU, DISTRICT = "甲市人民政府", "甲市教育局", "甲市乙区人民政府"
ROWS: list[dict[str, Any]] = [
    {"agency": CITY, "kind": "government", "scope": "area", "rq_new_tot": 12.0, "rv_recon_tot": 1.0},
    {"agency": BUREAU, "kind": "department", "parent": CITY, "scope": "own", "rq_new_tot": 4.0},
    {"agency": DISTRICT, "kind": "government", "parent": CITY, "scope": "area", "rq_new_tot": 6.0},
]
BELOW = pd.DataFrame({"agency": [BUREAU, DISTRICT], "parent": [CITY, CITY]})


def rolled(tmp_path: Path, rows: list[dict[str, Any]], below: pd.DataFrame = BELOW) -> list[list[Any]]:
    table = pa.Table.from_pylist([{"year": 2023, **row} for row in rows], schema=SCHEMA)
    pq.write_table(table, tmp_path / "panel.parquet")
    found = rollup(tmp_path / "panel.parquet", below)
    assert list(found) == COLUMNS
    return list(found.to_numpy().tolist())


def test_a_parent_stands_beside_the_sum_where_every_number_is_known(tmp_path: Path) -> None:
    assert rolled(tmp_path, ROWS) == [[CITY, 2023, "rq_new_tot", 12, 10, 2, 2, 0]]


@pytest.mark.parametrize(
    "doubt", [{"rq_new_tot_s": state} for state in (7, 10, 17, 18)] + [{"may_be_other": 1}]
)
def test_numbers_in_doubt_are_counted_of_parent_and_those_below(
    tmp_path: Path, doubt: dict[str, Any]
) -> None:
    """A sum over districts, one of whose numbers was refuted, looked like any other."""
    sound = {"rq_new_tot_s": 8, "may_be_other": 0}
    for n in range(1, 4):
        rows = [{**row, **(doubt if place < n else sound)} for place, row in enumerate(ROWS)]
        assert [row[-1] for row in rolled(tmp_path, rows)] == [n]


@pytest.mark.parametrize(
    ("place", "change"),
    [
        (0, {"scope": "own"}),
        (0, {"scope": "unknown"}),
        (1, {"scope": "unknown"}),
        (2, {"scope": "own"}),
        (1, {"year": 2022}),
    ],
)
def test_scopes_that_do_not_agree_or_an_agency_without_a_report_give_no_note(
    tmp_path: Path, place: int, change: dict[str, Any]
) -> None:
    rows = [{**row, **change} if n == place else row for n, row in enumerate(ROWS)]
    assert rolled(tmp_path, rows) == []


def test_without_parents_there_is_nothing_to_note(tmp_path: Path) -> None:
    assert rolled(tmp_path, ROWS[:1], BELOW[:0]) == []
