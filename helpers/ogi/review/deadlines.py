"""Which deadline was applied to how many agencies, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ogi.agencies import kind_name
from ogi.pages.html import number
from ogi.reported import CATALOGUE, LAW, NONE
from ogi.review.words import worded
from ogi.said import Said, joined

_MOST_DAYS = 4
"""Days of the catalogue that are named; a catalogue may set one for each agency."""


def deadlines(reported: pd.DataFrame) -> Said:
    """The days by law for each kind, then those that the catalogue sets; every agency of the table once."""
    return worded("deadlines", told=joined(_told(reported), "; ", "；"))


def _told(rows: pd.DataFrame) -> Iterator[Said]:
    by_law = rows[rows["deadline_by"] == LAW].groupby(["deadline", "kind"]).size().reset_index()
    for day, kind, n in by_law.itertuples(index=False, name=None):
        yield worded("deadlines.law", day=day, kind=kind_name(kind), n=number(n))
    by_catalogue = rows.loc[rows["deadline_by"] == CATALOGUE, "deadline"].value_counts()
    for day, n in by_catalogue.head(_MOST_DAYS).items():
        yield worded("deadlines.catalogue", day=day, n=number(n))
    if left := int(by_catalogue.iloc[_MOST_DAYS:].sum()):
        yield worded("deadlines.more", n=number(left))
    if none := int((rows["deadline_by"] == NONE).sum()):
        yield worded("deadlines.none", n=number(none))
