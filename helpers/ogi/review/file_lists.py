"""The lists of a review that tell of files: misplaced, hard to read, changed."""

from __future__ import annotations

import pandas as pd

from ogi.extract.report import FindingKind
from ogi.review.data import Review
from ogi.review.files import changed, strange_titles
from ogi.review.listing import Listing, columns, each
from ogi.review.words import worded
from ogi.said import Said


def strange(data: Review) -> Listing:
    """Reports whose title names another agency: they may lie in a wrong folder."""
    rows = strange_titles(data.found.reports, data.year)
    rows = rows.rename(columns={"printed": "title_names"})
    return Listing("strange", columns("agency", "title_names", "others"), rows, worded("strange.note"))


def unread(data: Review) -> Listing:
    """What could not be read, or not beyond doubt: a row for each agency and kind of finding."""
    own = data.found.findings
    keys = [own["agency"].fillna(""), own["kind"]]
    rows = (
        own.groupby(keys)
        .agg(count=("kind", "size"), message=("message", "first"), zh=("message_zh", "first"))
        .reset_index()
    )
    gravity = rows["kind"].map(lambda kind: _GRAVITY.get(kind, len(_GRAVITY))).astype("int64")
    rows = rows.assign(gravity=gravity).sort_values(
        ["gravity", "count", "agency"], ascending=[True, False, True]
    )
    pairs = pd.Series(list(zip(rows["message"], rows["zh"], strict=True)), index=rows.index, dtype="object")
    rows["told"] = each(pairs, lambda both: Said(*both))
    return Listing("unread", columns("agency", "told", "count"), rows, worded("unread.note"))


_GRAVITY = {
    kind: place
    for place, kind in enumerate(
        (
            FindingKind.UNREADABLE_FILE,
            FindingKind.YEAR_UNKNOWN,
            FindingKind.TABLE_MISSING,
            FindingKind.TABLE_CUT,
        )
    )
}


def altered(data: Review) -> Listing:
    """Reports whose file changed after it was first read."""
    rows = changed(data.tables, data.found.reports, data.year)
    return Listing("changed", columns("agency", "file", "first_read"), rows)
