"""One agency beside the others of its kind."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ogi import tables as store
from ogi.agencies import KINDS, Agencies
from ogi.api import Dataset
from ogi.explore.choice import FigureChoice, worded
from ogi.explore.frames import tidy
from ogi.explore.shown import Fragment, full, number
from ogi.said import told


def beside_its_kind(data: Dataset, choice: FigureChoice) -> pd.DataFrame:
    """The first agency chosen, the median of the others of its kind, and how many of these have a number."""
    own = choice.agencies[0]
    kinds = _kinds(data)
    others = tuple(name for name in data.agencies if kinds[name] == kinds[own] and name != own)
    rows = tidy(data, replace(choice, agencies=(own, *others)))
    of_others = rows[rows["agency"] != own].groupby("year")["value"]
    values = rows[rows["agency"] == own].set_index("year")["value"]
    median = told(worded("median", kind=KINDS[kinds[own]].label), choice.language)
    counted = told(worded("count"), choice.language)
    made = pd.DataFrame({own: values, median: of_others.median(), counted: of_others.count()})
    made[counted] = made[counted].fillna(0).astype(int)
    return made.rename_axis(index=None)


def peers(data: Dataset, choice: FigureChoice) -> Fragment:
    """The same for a reader."""
    frame = beside_its_kind(data, choice)
    texts = frame.astype(object)
    for name in frame.columns[:2]:
        texts[name] = ["–" if pd.isna(value) else number(value, choice) for value in frame[name]]
    return full(texts)


def _kinds(data: Dataset) -> dict[str, str]:
    known = Agencies(store.read(data.folder, "catalogue"))
    last = int(data.reports["year"].max())
    return {name: known.of(name, last).kind for name in data.agencies}
