"""One agency beside the others of its kind."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ogi import tables as store
from ogi.agencies import KINDS, Agencies
from ogi.api import Dataset
from ogi.explore.choice import FigureChoice, worded
from ogi.explore.doubts import SIGNS, reasons
from ogi.explore.frames import tidy
from ogi.explore.shown import Fragment, number, sentence, text
from ogi.said import told


def beside_its_kind(data: Dataset, choice: FigureChoice) -> pd.DataFrame:
    """The first agency chosen, the median of the others of its kind, and how many of these have a number.

    Where numbers of the others bear signs (of a doubt, a small denominator …), a last column counts them.
    """
    own, kinds = choice.agencies[0], _kinds(data)
    of_kind = tuple(name for name in data.agencies if kinds[name] == kinds[own])
    rows = tidy(data, replace(choice, agencies=of_kind))
    others = rows[(rows["agency"] != own) & rows["value"].notna()]
    is_signed = others.reindex(columns=list(SIGNS)).eq(True).any(axis=1)
    values = rows[rows["agency"] == own].set_index("year")["value"]
    median, n, signed = (
        told(worded(key, kind=KINDS[kinds[own]].label), choice.language)
        for key in ("median", "count", "signed")
    )
    by_year = others.groupby("year")["value"]
    made = pd.DataFrame({own: values, median: by_year.median(), n: by_year.count()})
    made[signed] = is_signed.groupby(others["year"]).sum()
    made[[n, signed]] = made[[n, signed]].fillna(0).astype(int)
    return made.rename_axis(index=None).drop(columns=[] if made[signed].any() else signed)


def peers(data: Dataset, choice: FigureChoice) -> Fragment:
    """The same for a reader, with the signs of the agency's own numbers."""
    frame = beside_its_kind(data, choice)
    rows = tidy(data, replace(choice, agencies=choice.agencies[:1]))
    own = {row["year"]: text(row, choice) for row in rows.to_dict("records")}
    texts = frame.astype(object)
    name, median, *_ = frame.columns
    texts[name] = [own.get(year, "–") for year in frame.index]
    texts[median] = ["–" if pd.isna(value) else number(value, choice) for value in frame[median]]
    below = (sentence(one, choice.language) for one in reasons(rows))
    return Fragment(texts.to_html(border=0) + "".join(below))


def _kinds(data: Dataset) -> dict[str, str]:
    known = Agencies(store.read(data.folder, "catalogue"))
    last = int(data.reports["year"].max())
    return {name: known.of(name, last).kind for name in data.agencies}
