"""A parent's numbers beside the sum of those below it: a note, only where the scopes agree."""

from __future__ import annotations

import pandas as pd

from ogi.panel import ROLLED_UP, against
from ogi.review.gather import YearGathered
from ogi.review.totals import scope_of_year


def against_children(found: YearGathered, year: int) -> pd.DataFrame:
    """The rows of `panel.against` of one year, `variable` being the cell."""
    cells = sorted(ROLLED_UP)
    known = found.agencies[["agency", "kind", "parent"]]
    rows = found.values[found.values["year"] == year][["agency", "year", *cells]].merge(known, on="agency")
    rows = rows.merge(scope_of_year(found, year).rename("scope").reset_index(), on="agency")
    below = found.catalogue[found.catalogue["parent"].notna()][["agency", "parent"]].drop_duplicates()
    return against(rows, below, cells)
