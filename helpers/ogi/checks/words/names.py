"""The agency's name: the same in the title as the year before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from ogi.checks.rows import Check, Verdict, judged
from ogi.extract.script import simplified
from ogi.figures import Identity


def names(reports: pd.DataFrame) -> Iterator[Check]:
    """For each report but an agency's first, whether its title names the agency as the one before did.

    A name within a name (with and without its city) is the same.
    """
    known = reports.dropna(subset=["agency", "year", "printed_agency"]).sort_values("year", kind="stable")
    for agency, own in known.groupby("agency", sort=False):
        titles = list(zip(own["report_id"], own["year"].astype(int), own["printed_agency"], strict=True))
        for (_, last, before), (report_id, year, this) in pairwise(titles):
            a, b = ("".join(simplified(str(name)).split()) for name in (before, this))
            is_same = a in b or b in a
            of, verdict = (
                Identity(str(report_id), str(agency), int(year)),
                Verdict.HOLDS if is_same else Verdict.BROKEN,
            )
            sides = (1.0 if is_same else 2.0), 1.0
            yield judged(of, "agency.name", verdict, sides, this=this, before=before, last=last)
