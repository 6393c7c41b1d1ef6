"""What a panel tells otherwise than the one that lay in its place before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ogi.arrays import BoolArray, IndexArray
from ogi.panel.variables import VARIABLES

FILE = "changes.csv"
COLUMNS = ["agency", "year", "variable", "before", "after"]
"""A value that is another now; of a row that came or went, its number of reports stands for all values."""
MOST = 100_000
"""Lines of the file; all changes are counted."""
_KEY = ["agency", "year"]
_AT_A_TIME = 50
"""Columns that are compared at a time: of thirty thousand rows some 25 MB in both panels."""
_KINDS = {one.name: "number" if one.type == "whole" else one.type for one in VARIABLES}


@dataclass(frozen=True)
class Changes:
    """How many values differ, by kind (number, flag, text), in how many rows; how many rows came and went.

    `variables`: those that only one of the panels has; they are not compared. `listed`: a row with COLUMNS
    for each change, MOST at most.
    """

    values: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    come: int = 0
    gone: int = 0
    variables: int = 0
    listed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS), repr=False)

    @property
    def is_none(self) -> bool:
        """Is all as it was?"""
        return not (self.values.total() or self.come or self.gone or self.variables)


def changes(before: Path, after: Path) -> Changes | None:
    """What the panel (Parquet) in `after` has otherwise than that in `before`; None where that is damaged."""
    try:
        keys = [pd.MultiIndex.from_frame(_read(path, _KEY)) for path in (before, after)]
        names = [set(pq.read_schema(path).names) for path in (before, after)]
        own = [one.name for one in VARIABLES if one.name in names[0] and one.name not in _KEY]
        return _compared((before, after), keys, own, len(names[0] ^ names[1]))
    except (OSError, pa.ArrowException):
        return None


def _compared(paths: tuple[Path, Path], keys: list[pd.MultiIndex], own: list[str], variables: int) -> Changes:
    both = keys[0].intersection(keys[1])
    values, is_other = Counter[str](), np.zeros(len(both), np.bool_)
    listed = [*_rows_of_one(paths, keys)]
    for name, differs, before, after in _columns(paths, [each.get_indexer(both) for each in keys], own):
        values[_KINDS[name]] += int(differs.sum())
        is_other |= differs
        room = MOST - sum(map(len, listed))
        found = both[differs][:room].to_frame(index=False, name=_KEY).assign(variable=name)
        listed.append(found.assign(before=before[differs][:room], after=after[differs][:room]))
    come, gone = len(keys[1]) - len(both), len(keys[0]) - len(both)
    whole = pd.concat(listed, ignore_index=True).head(MOST)
    # Stable: variables stay in the order of the panel.
    ordered = whole.sort_values(_KEY, kind="stable", ignore_index=True)[COLUMNS]
    return Changes(values, int(is_other.sum()), come, gone, variables, ordered)


def _columns(
    paths: tuple[Path, Path], places: list[IndexArray], names: list[str]
) -> Iterator[tuple[str, BoolArray, Any, Any]]:
    """Of each variable where the rows of both differ, and its values before and after, of these rows."""
    missing: Any = None  # pandas takes it, its types do not
    for start in range(0, len(names), _AT_A_TIME):
        some = names[start : start + _AT_A_TIME]
        old, new = (_read(path, some).iloc[place] for path, place in zip(paths, places, strict=True))
        for name in some:
            before, after = (frame[name].to_numpy(object, na_value=missing) for frame in (old, new))
            yield name, np.asarray(before != after, np.bool_), before, after


def _rows_of_one(paths: tuple[Path, Path], keys: list[pd.MultiIndex]) -> Iterator[pd.DataFrame]:
    for path, side, other, name in zip(paths, keys, reversed(keys), ("before", "after"), strict=True):
        own = _read(path, [*_KEY, "n_reports"])[~side.isin(other)]
        own = own.rename(columns={"n_reports": name}).astype({name: object})
        yield own.assign(variable="n_reports").reindex(columns=COLUMNS)


def _read(path: Path, names: list[str]) -> pd.DataFrame:
    frame: pd.DataFrame = pq.read_table(path, columns=names, use_threads=False).to_pandas()
    return frame
