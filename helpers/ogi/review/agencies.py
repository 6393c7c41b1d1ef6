"""What is known of every agency of a review, by its number: name, kind, region, the agency above it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from ogi.agencies import Agencies

COLUMNS = ["agency", "kind", "region", "code", "level", "parent", "in_catalogue", "has_page"]
"""`code`: of its region as of the year; `level` of that region: province, city or county."""


def agencies_of(
    names: Sequence[str],
    unread: Collection[str],
    printed: Mapping[str, str],
    catalogue: pd.DataFrame,
    year: int,
) -> pd.DataFrame:
    """A row with COLUMNS for each agency that has a report, then those of `unread` and the catalogue alone.

    `names`: those with a report on any year; `unread`: those with a file that could not be read; `printed`:
    what the report on the year calls the agency.
    """
    known, listed = Agencies(catalogue), set(catalogue["agency"].dropna())
    with_page = set(names)
    rows = []
    for name in (*names, *sorted({*listed, *unread} - with_page)):
        own = known.of(name, year, printed.get(name))
        place = ("", "", "") if own.region is None else (own.region.name, own.region.code, own.region.level)
        rows.append((name, own.kind, *place, own.parent, name in listed, name in with_page))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"parent": "object"})
